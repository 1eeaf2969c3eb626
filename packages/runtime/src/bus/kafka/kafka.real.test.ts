import { conformance } from '../conformance/suite.ts';

conformance('kafka');
