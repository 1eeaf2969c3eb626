export * from './effective.ts';
export * from './figures.ts';
export * from './national.ts';
export * from './profiles.ts';
export * from './version.ts';
