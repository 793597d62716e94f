// A mutant: a queued fault does not look at the entry again, and always sleeps.
import { defineMutant } from 'faultline';

export default defineMutant({ design: 'linux-7.3', decisions: { mustWaitLooks: false } });
