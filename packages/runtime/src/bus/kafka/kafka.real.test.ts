import { conformance } from '../conformance.ts';

conformance('kafka');
