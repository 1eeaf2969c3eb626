import ora from 'ora';

/** Tells what a slow step is doing just now. */
export type Tell = (text: string) => void;

/** Runs a slow step behind a spinner on standard error that shows its latest word and the seconds it took. */
export async function step<T>(label: string, work: (tell: Tell) => Promise<T>): Promise<T> {
  // Standard input stays ours: Ctrl-C has to reach the platform, which stops its parts in order.
  const spinner = ora({ text: label, discardStdin: false }).start();
  const startedAt = performance.now();
  try {
    const result = await work((text) => {
      spinner.text = `${label}: ${text}`;
    });
    spinner.succeed(`${label} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
    return result;
  } catch (error) {
    spinner.fail(label);
    throw error;
  }
}
