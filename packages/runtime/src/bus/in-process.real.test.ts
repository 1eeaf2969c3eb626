import { conformance } from './conformance/suite.ts';

conformance('in-process');
