import { defineCollection, type RowBase } from '../database.ts';

export type HeldRow = RowBase & { readonly by: string };

export const heldRows = defineCollection<HeldRow>('held', { by: String }, []);
