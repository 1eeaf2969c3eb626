import type { Fault } from './decision.ts';
import { type RuleNumber, ruleByNumber } from './rules/index.ts';
import { figure, wording } from './wording.ts';

/** What one refusal code says. `{name}` in a message is replaced by the figure of that name. */
export type RefusalText = {
  /** The rule behind it; null for refusals that no policy document asks for (wrong state, unknown id). */
  readonly rule: RuleNumber | null;
  readonly zh: string;
  readonly en: string;
};

/** A refusal code as defined by `defineRefusals`: its name and its texts travel together. */
export type RefusalCode = RefusalText & { readonly name: string };

/** The shared GraphQL type `Refusal`: business refusals are data, in every subgraph alike. */
export type Refusal = {
  readonly rule: string | null;
  readonly code: string;
  readonly messageZh: string;
  readonly messageEn: string;
  readonly path: readonly string[];
  readonly required: string | null;
  readonly actual: string | null;
  readonly source: string | null;
  readonly policyVersion: string | null;
};

/**
 * The refusals of one capability, in the order in which its decisions check them.
 * The order is part of the contract, and the generated reference of errors lists it.
 */
export function defineRefusals<const T extends Readonly<Record<string, RefusalText>>>(
  texts: T,
): { readonly [K in keyof T]: RefusalCode } {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, { ...text, name }]),
  ) as { readonly [K in keyof T]: RefusalCode };
}

/** Refusals that every service can give. */
export const common = defineRefusals({
  // One answer for both, so that nobody learns from a refusal which ids exist elsewhere.
  NOT_FOUND: {
    rule: 'REG-01',
    zh: '找不到该对象，或它不在您的管辖范围内。',
    en: 'It does not exist, or lies outside what is yours to act on.',
  },
  FORBIDDEN: {
    rule: 'REG-01',
    zh: '您的角色不允许此操作。',
    en: 'Your role does not allow this.',
  },
  WRONG_STATE: {
    rule: null,
    zh: '当前状态为 {actual}，此操作要求 {required}。',
    en: 'The present state is {actual}; this needs {required}.',
  },
  INPUT_INVALID: { rule: null, zh: '输入有误：{reason}', en: 'The input is not valid: {reason}' },
  IDEMPOTENCY_KEY_REUSED: {
    rule: null,
    zh: '该幂等键已用于内容不同的请求，请更换新的键。',
    en: 'This idempotency key was used for a request with other content; use a new key.',
  },
  QUEUED: {
    rule: 'CRS-46',
    zh: '目前请求较多，您排在第 {actual} 位。请在 {required} 毫秒后用同一幂等键重试，排位为您保留。',
    en: 'There are more requests than can be served at once; yours is number {actual}. Ask again with the same key in {required} ms, your place is kept.',
  },
});

/** Puts a fault into words: numbers, texts in both languages, figures, source clause, policy version. */
export function explain(fault: Fault, policyVersion: string | null = null): Refusal {
  const rule = fault.code.rule === null ? undefined : ruleByNumber(fault.code.rule);
  const message = wording(fault.code, fault.figures);
  return {
    rule: fault.code.rule,
    code: fault.code.name,
    messageZh: message.zh,
    messageEn: message.en,
    path: fault.path,
    required: figure(fault.figures, 'required'),
    actual: figure(fault.figures, 'actual'),
    source: rule?.source ?? null,
    policyVersion: rule === undefined ? null : policyVersion,
  };
}
