# The rows of servers under load.  All columns' servers run at the same time on
# one processor, as commands do (commands.py), each with a client of its own,
# on another processor where there is one.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import glob
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import time

from rows import Job, Row
from setting import Unusable, last_line, need

START_SECONDS = 20
LOAD_SECONDS = 300


class Serving:
    """A server in one column, and its client.  FAILED says what went wrong, if
    something did."""

    def __init__(self, job, column, port):
        self.job = job
        self.column = column
        self.port = port
        self.failed = None
        self.client = None
        self.log = job.setting.file("server-%s.log" % column.name)
        program, arguments = job.server(column, self.port)
        command = column.command(job.setting, shutil.which(program), arguments)
        with open(self.log, "w") as output:
            self.process = subprocess.Popen(
                job.setting.pinned(command), stdout=output, stderr=output,
                stdin=subprocess.DEVNULL, cwd=job.setting.work,
                start_new_session=True)

    def wait(self):
        try:
            wait_for_port(self.port, self.process, self.log)
        except Unusable as error:
            self.failed = error

    def load(self):
        if self.failed:
            return
        self.before = session_nanoseconds(self.process.pid)
        self.client = subprocess.Popen(
            self.job.setting.pinned(self.job.client(self.column, self.port),
                                    self.job.setting.client_cpu),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, errors="replace")

    def figure(self):
        """The processor time that a request took, in us, or an Unusable."""
        if self.failed:
            return self.failed
        try:
            output, _ = self.client.communicate(timeout=LOAD_SECONDS)
            requests = self.job.requests(self.column, output)
        except subprocess.TimeoutExpired:
            return Unusable("the client took more than %d s" % LOAD_SECONDS)
        except Unusable as error:
            return error
        time = session_nanoseconds(self.process.pid) - self.before
        return {self.job.rows[0].name: [time / 1e3 / requests]}

    def stop(self):
        if self.client:
            self.client.kill()
            self.client.communicate()
        stop(self.process)


class Server(Job):
    tools = ()

    def __init__(self, setting, name, title):
        super().__init__([Row(name, title, "macro", "us")])
        self.setting = setting
        self.turns = setting.sized(1, 4)
        self.guess = setting.sized(0.3, 0.6)

    def prepare(self):
        need(*self.tools)
        if not os.path.exists("/proc/self/schedstat"):
            raise Unusable("this kernel doesn't tell how long a process has "
                           "run (CONFIG_SCHED_INFO)")

    def server(self, column, port):
        """Program and arguments of the server that is to listen on PORT."""
        raise NotImplementedError

    def client(self, column, port):
        """The command that loads it."""
        raise NotImplementedError

    def requests(self, column, output):
        """How many there were, by the client's OUTPUT."""
        raise NotImplementedError

    def run(self, columns):
        running = []
        try:
            for column, port in zip(columns, free_ports()):
                running.append(Serving(self, column, port))
            for act in (Serving.wait, Serving.load):
                for serving in running:
                    act(serving)
            return [serving.figure() for serving in running]
        finally:
            for serving in running:
                serving.stop()


def session_nanoseconds(leader):
    """How long the processes of the session of LEADER have run: a tracer's time
    is its program's."""
    total = 0
    for path in glob.glob("/proc/[0-9]*/task/*/schedstat"):
        try:
            with open(os.path.join(os.path.dirname(path), "stat")) as file:
                # What comes first, the name in brackets, may have blanks.
                session = int(file.read().rpartition(")")[2].split()[3])
            if session == leader:
                with open(path) as file:
                    total += int(file.read().split()[0])
        except OSError:
            continue  # It has just ended.
    return total


def free_ports():
    """Ports that nobody listens on, and that no client is given."""
    for port in random.sample(range(20000, 32000), 1000):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        yield port


def wait_for_port(port, process, log):
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            with open(log, errors="replace") as file:
                raise Unusable(last_line(file.read())
                               or "the server ended at once")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.01)
    raise Unusable("the server didn't start")


def stop(process):
    """End PROCESS and what it has started: tracers leave their programs."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


class Redis(Server):
    tools = ("redis-server", "redis-benchmark")

    def server(self, column, port):
        return "redis-server", ["--port", str(port), "--bind", "127.0.0.1",
                                "--save", "", "--appendonly", "no", "--dir",
                                self.setting.work]

    def count(self, column):
        """How many SETs, and as many GETs."""
        count = self.setting.sized(4000, 20000)
        return count // 10 if column.slow else count

    def client(self, column, port):
        return ["redis-benchmark", "-p", str(port), "-t", "set,get", "-c", "8",
                "-n", str(self.count(column)), "--csv"]

    def requests(self, column, output):
        if len(re.findall(r'^"[SG]ET","', output, re.M)) != 2:
            raise Unusable("redis-benchmark said: " + last_line(output))
        return 2 * self.count(column)


NGINX = """daemon off;
master_process off;
pid {name}.pid;
error_log stderr;
events {{ worker_connections 64; }}
http {{
	access_log off;
	client_body_temp_path {name}-temp;
	proxy_temp_path {name}-temp;
	fastcgi_temp_path {name}-temp;
	uwsgi_temp_path {name}-temp;
	scgi_temp_path {name}-temp;
	server {{
		listen 127.0.0.1:{port};
		root {root};
		sendfile on;
		keepalive_requests 1000000;
	}}
}}
"""


class Nginx(Server):
    tools = ("nginx", "wrk")

    def __init__(self, setting, name, title, size):
        super().__init__(setting, name, title)
        self.size = size

    def prepare(self):
        super().prepare()
        with open(self.setting.file("file-%d" % self.size), "wb") as file:
            file.write(b"x" * self.size)

    def server(self, column, port):
        directory = self.setting.work
        name = "nginx-%s" % column.name
        with open(self.setting.file(name + ".conf"), "w") as file:
            file.write(NGINX.format(name=name, port=port, root=directory))
        return "nginx", ["-p", directory, "-c", name + ".conf"]

    def client(self, column, port):
        return ["wrk", "-t", "1", "-c", "8", "-d", self.setting.sized("1",
                                                                      "2"),
                "http://127.0.0.1:%d/file-%d" % (port, self.size)]

    def requests(self, column, output):
        count = re.search(r"^ +([0-9]+) requests in", output, re.M)
        if not count or "Non-2xx" in output or int(count.group(1)) == 0:
            raise Unusable("wrk said: " + last_line(output))
        return int(count.group(1))


def jobs(setting):
    return [
        Redis(setting, "redis", "redis-server, redis-benchmark"),
        Nginx(setting, "nginx-1k", "nginx, wrk, 1 KiB", 1024),
        Nginx(setting, "nginx-64k", "nginx, wrk, 64 KiB", 65536),
    ]
