export * from './civil-date.ts';
export * from './decision.ts';
export * from './exact.ts';
export * from './ids.ts';
export * from './policy/index.ts';
export * from './refusal.ts';
export * from './region.ts';
export * from './rules/index.ts';
