/** What the VMA is registered for; `both` only where a design allows it. */
export const mode = ['none', 'wp', 'rwp', 'both'] as const;
/** The permissions of the VMA: readable and writable, readable, or nobody's. */
export const prot = ['rw', 'r', 'none'] as const;
/** The kind of the access that faults. */
export const fault = ['read', 'write'] as const;
/** Whether a protecting ioctl protects or resolves. */
export const arm = ['protect', 'resolve'] as const;
/** A no or a yes. */
export const flag = ['no', 'yes'] as const;
/** Whether the permissions of the VMA themselves let a page of a file be written: it is shared and may be written, and is not registered for WP. */
export const writable = ['no', 'yes'] as const;
