import type { Source } from '../../spec/index.ts';

/** How a finding is shown on a kernel. */
export type ShownBy =
  /** A stand-alone C program of `programs/`, which has the finding's id for its name. */
  | { readonly kind: 'program' }
  /** A sequence of the runner, in `findings.ts`. */
  | { readonly kind: 'sequence' }
  /** A schedule that a debugger forces, in `forced/`. */
  | { readonly kind: 'schedule' };

/** What was seen on a kernel: shown, or why it cannot be there. */
export type OnKernel = 'shown' | 'no RWP there' | 'not tried';

/** A finding as it is told: on its page, and in a mail. */
export interface Story {
  /** Stable; that of its program or sequence. */
  readonly id: string;
  /** One line, as the subject of a mail. */
  readonly title: string;
  /** What happens, in two or three sentences. */
  readonly says: string;
  /** The number of the line of the contract that it breaks. */
  readonly line: number;
  /** What is said of this very case, where the line quotes something more general. */
  readonly source?: Source;
  /** What this is, where the standing of the promise does not say it. */
  readonly is?: string;
  /** Whose promise: the kernel's, or that of a user program that the kernel's rules do not protect. */
  readonly of: 'kernel' | 'program';
  readonly shownBy: ShownBy;
  /** The one thing that the control changes. */
  readonly control: string;
  /** What was seen, and when this was last looked at: a test runs it again. */
  readonly kernels: { readonly '6.18': OnKernel; readonly '7.3.4': OnKernel };
  /** It changes the settings of the machine for a while (KSM): tests run it in a guest only. */
  readonly system?: true;
  /** Why the kernel does it: function and file, and what happens there in our words. */
  readonly cause: string;
  /** Whether user space can live with it, and how. */
  readonly live: string;
}

const program: ShownBy = { kind: 'program' };
const onlyRwp = { '6.18': 'no RWP there', '7.3.4': 'shown' } as const;
const both = { '6.18': 'shown', '7.3.4': 'shown' } as const;

/** A finding that a program shows, on 7.3.4 only because it is about RWP. */
export const aboutRwp = { of: 'kernel', shownBy: program, kernels: onlyRwp } as const;
/** A finding that a program shows on both kernels. */
export const onBoth = { of: 'kernel', shownBy: program, kernels: both } as const;
