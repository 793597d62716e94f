"""For gdb: force one schedule (FORCED_SCHEDULE) on the guest of guest.c, one processor at a time.

Prints a line of JSON for each stop, with the page-table entry as it is in memory then.
"""

import json
import os

import gdb

TOUCHER, MANAGER, MOVER = range(3)
NAMES = ["toucher", "manager", "mover"]


def number(expression):
    return int(gdb.parse_and_eval(expression)) & (2**64 - 1)


def address(symbol):
    return number(f"(unsigned long)&{symbol}")


def only(cpu):
    """From here on this processor runs alone."""
    gdb.execute("set scheduler-locking on")
    gdb.execute(f"thread {cpu + 1}", to_string=True)


def everybody():
    gdb.execute("set scheduler-locking off")


def until_address(cpu, where, name):
    stop = gdb.Breakpoint(f"*{where:#x}", type=gdb.BP_HARDWARE_BREAKPOINT)
    stop.silent = True
    gdb.execute("continue", to_string=True)
    came = gdb.selected_thread()
    if came is None:
        raise gdb.GdbError(f"{NAMES[cpu]} did not come to {name}: the guest has gone")
    stop.delete()
    if came.num != cpu + 1 or number("$pc") != where:
        raise gdb.GdbError(f"{NAMES[cpu]} did not come to {name}: processor {came.num - 1} is at {number('$pc'):#x}")


def until(cpu, symbol):
    """Run whoever may run, until this processor enters this function."""
    until_address(cpu, address(symbol), symbol)


def go(cpu):
    """Let the thread of this processor do its one thing."""
    gdb.execute(f"set {{int}}{address('go_' + NAMES[cpu])} = 1")


def spin(cpu):
    """One that waits for its turn takes the interrupts that were sent to it."""
    only(cpu)
    until(cpu, "at_waiting")


def nudge(cpu):
    """One that stands at the begin of a function takes the interrupts that were sent to it, then one instruction."""
    only(cpu)
    after = gdb.selected_frame().architecture().disassemble(number("$pc"), count=2)[1]
    until_address(cpu, after["addr"], "the next instruction")


class Run:
    """`flushes`: what the mover and the manager do to the entry interrupts the others, and they must answer."""

    def __init__(self, mode, mover):
        # An entry without access is in no TLB; the write bit is flushed whichever way it changes.
        self.flushes = mode == "wp"
        # Migration waits for all processors before it begins, so it begins while they run.
        self.early = mover == "migrate"
        self.takes = {"reclaim": "try_to_unmap", "migrate": "try_to_migrate"}[mover]
        self.entry = 0

    def say(self, what):
        value = number(f"*(unsigned long *){self.entry:#x}")
        print("forced: " + json.dumps({"stop": what, "entry": f"{value:#x}"}), flush=True)

    def take(self):
        """The mover holds the folio, and has not yet looked at the entry."""
        go(MOVER)
        until(MOVER, self.takes)

    def fault(self):
        """The toucher has seen the armed entry, and is not yet in the queue."""
        only(TOUCHER)
        go(TOUCHER)
        until(TOUCHER, "handle_userfault")
        self.entry = number("(unsigned long)((struct vm_fault *)$rdi)->pte")
        self.say("the toucher enters handle_userfault()")

    def unprotect(self):
        """The manager's call, from its begin to its return: its wake-up finds nobody in the queue."""
        only(MANAGER)
        go(MANAGER)
        if self.flushes:
            until(MANAGER, "flush_tlb_func")  # its own part, after it has interrupted the others
            nudge(TOUCHER)
            (nudge if self.early else spin)(MOVER)
            only(MANAGER)
        until(MANAGER, "at_unprotected")
        only(TOUCHER)
        self.say("the manager's call has returned")

    def store(self, what):
        """The mover runs until the entry is another one."""
        only(MOVER)
        watch = gdb.Breakpoint(f"*(unsigned long *){self.entry:#x}", type=gdb.BP_WATCHPOINT, wp_class=gdb.WP_WRITE)
        watch.silent = True
        gdb.execute("continue", to_string=True)
        watch.delete()
        self.say(what)

    def look(self):
        """The toucher goes on, until its processor has nothing to do."""
        only(TOUCHER)
        until(TOUCHER, "tick_nohz_idle_enter")
        self.say("the processor of the toucher is idle")

    def empty(self):
        if self.early:
            self.take()
        self.fault()
        self.unprotect()
        if not self.early:
            only(MOVER)
            self.take()
        self.store("the mover has emptied the entry")

    def in_window(self):
        self.empty()
        self.look()

    def after_window(self):
        self.empty()
        self.store("the mover has stored its entry")

    def around(self):
        self.take()
        self.fault()
        only(MOVER)
        if self.flushes:
            until(MOVER, "flush_tlb_func")
            nudge(TOUCHER)
            spin(MANAGER)
            only(MOVER)
        until(MOVER, "remove_migration_pte")
        self.say("the mover has stored its entry and copied the page")
        self.unprotect()
        self.store("the mover has mapped the page again")
        until(MOVER, "at_moved")
        self.look()

    def unmoved(self):
        self.fault()
        self.unprotect()
        self.look()


def main():
    look, mode, mover = os.environ["FORCED_SCHEDULE"].split()
    everybody()
    until(MANAGER, "at_armed")
    run = Run(mode, mover)
    getattr(run, look.replace("-", "_"))()
    gdb.execute(f"set {{int}}{address('go_judge')} = 1")
    everybody()
    try:
        gdb.execute("continue", to_string=True)
    except gdb.error:
        pass  # the guest has switched itself off


main()
