# The processes of a session, which is what a run is in.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import signal


def session_of(process):
    """The session of PROCESS, or None."""
    try:
        with open("/proc/%d/stat" % process) as file:
            return int(file.read().rpartition(")")[2].split()[3])
    except (OSError, IndexError, ValueError):
        return None


def members(session):
    """The processes of SESSION, the youngest first."""
    return sorted((int(name) for name in os.listdir("/proc")
                   if name.isdigit() and session_of(int(name)) == session),
                  reverse=True)


def end_session(leader):
    """End what is left of the session that LEADER, a Popen, began."""
    if leader.poll() is not None:
        try:
            os.killpg(leader.pid, signal.SIGKILL)
        except ProcessLookupError:
            # To look at all processes takes longer than most runs.
            return
    for process in members(leader.pid):
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            pass
    leader.wait()
