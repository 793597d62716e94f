import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What executes the guest's instructions. */
export type Accelerator = 'kvm' | 'tcg';

/** The machine that a guest gets. */
export interface MachineFiles {
  readonly image: string;
  readonly initramfs: string;
  /** A raw file with a swap header. */
  readonly swap: string;
  /** A unix socket that somebody listens on. */
  readonly socket: string;
}

/** The program, and why it cannot be used. */
export const qemuProgram = 'qemu-system-x86_64';

/** Is QEMU there? */
export function hasQemu(program = qemuProgram): boolean {
  return spawnSync(program, ['--version'], { encoding: 'utf8' }).status === 0;
}

/** The words of a QEMU command line: two CPUs and two nodes, NVMe swap, 128 huge pages, a virtio port, everything printed on stdout. */
export function qemuWords(files: MachineFiles, accelerator: Accelerator, megabytes: number): readonly string[] {
  const half = Math.floor(megabytes / 2);
  const kernelWords = 'console=ttyS0 loglevel=5 panic=-1 oops=panic hugepages=128 faultline.swap';
  // One thread for both processors: with more, QEMU 7.2 can miss that code was patched, and the kernel dies of an int3.
  const emulated = 'tcg,thread=single';
  const groups = [
    ['-accel', accelerator === 'kvm' ? 'kvm' : emulated, '-cpu', accelerator === 'kvm' ? 'host' : 'max'],
    // A socket for each node: cores of one socket on two nodes make the kernel complain.
    ['-m', String(2 * half), '-smp', '2,sockets=2,cores=1,threads=1'],
    ['-object', `memory-backend-ram,size=${half}M,id=m0`, '-object', `memory-backend-ram,size=${half}M,id=m1`],
    ['-numa', 'node,nodeid=0,cpus=0,memdev=m0', '-numa', 'node,nodeid=1,cpus=1,memdev=m1'],
    ['-kernel', files.image, '-initrd', files.initramfs, '-append', kernelWords],
    ['-drive', `file=${files.swap},if=none,id=swap,format=raw,cache=unsafe`],
    ['-device', 'nvme,serial=swap,drive=swap'],
    ['-device', 'virtio-serial-pci', '-chardev', `socket,id=port,path=${files.socket}`],
    ['-device', 'virtserialport,chardev=port,name=faultline'],
    ['-nographic', '-no-reboot', '-net', 'none'],
  ];
  return groups.flat();
}

/** Where it is remembered that KVM did not work; a reboot may change that. */
function kvmNote(cacheDir: string): string {
  return join(cacheDir, 'kvm-fails');
}

function bootId(): string {
  const path = '/proc/sys/kernel/random/boot_id';
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : 'unknown';
}

/** Is KVM worth a try? The device can be there and not work, so only a guest that came up proves it. */
export function mayTryKvm(cacheDir: string): boolean {
  const note = kvmNote(cacheDir);
  if (existsSync(note) && readFileSync(note, 'utf8').trim() === bootId()) return false;
  try {
    accessSync('/dev/kvm', constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Remember, until the next boot of this machine, that KVM does not work here. */
export function noteKvmFailed(cacheDir: string): void {
  mkdirSync(cacheDir, { recursive: true });
  writeFileSync(kvmNote(cacheDir), `${bootId()}\n`);
}
