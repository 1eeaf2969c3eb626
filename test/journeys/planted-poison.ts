/** Broken events that carry somebody's numbers, each broken in another way. */
import { courses, envelopeOf } from '@shixun/contracts';

export type Poison = {
  readonly topic: string;
  readonly key: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: string;
};

type Person = { readonly identityNumber: string; readonly phone: string };

export function poison({ identityNumber, phone }: Person, n: number): readonly Poison[] {
  const { completionConfirmed: contract } = courses;
  const { example } = contract;
  const at = { id: `evt_planted_${n}`, time: new Date(), sequence: n + 1 };
  const sound = envelopeOf(contract, { ...at, subject: example.completionId, data: example });
  const data = { ...example, level: identityNumber, hoursCenti: phone, [phone]: identityNumber };
  const values = [
    `{"identityNumber":"${identityNumber}","phone":${phone}`,
    JSON.stringify({ phone, [identityNumber]: phone }),
    JSON.stringify({ ...sound, data }),
    JSON.stringify({ ...sound, source: `/${phone}` }),
    JSON.stringify({ ...sound, type: `courses.completion.confirmed.v${phone}` }),
    // Sound, and refused by who hears it: its hours contradict each other.
    JSON.stringify({
      ...sound,
      id: `evt_refused_${n}`,
      data: { ...example, hoursCenti: example.hoursCenti + 1, [`p${phone}`]: identityNumber },
    }),
  ];
  return values.map((value) => ({
    topic: contract.topic,
    key: identityNumber,
    headers: { ce_id: phone, planted: identityNumber },
    value,
  }));
}
