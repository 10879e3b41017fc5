#!/bin/sh
# python3 on the pure glibc: threads, subprocesses, sockets, files, signals.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/compare.inc"

need /usr/bin/python3

scenario() {
	cat >script.py <<'EOF'
import asyncio, concurrent.futures, multiprocessing, os, queue, select, signal
import socket, subprocess, tempfile, threading, time, mmap

results = []
lock = threading.Lock()
def work(i):
    time.sleep(0.001)
    with lock:
        results.append(i)
threads = [threading.Thread(target=work, args=(i,)) for i in range(64)]
for t in threads: t.start()
for t in threads: t.join()
print("threads", sorted(results) == list(range(64)))

print(subprocess.run(["sh", "-c", "echo child; exit 7"], capture_output=True))
p = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
print(p.communicate(b"through a pipe"))
try:
    subprocess.run(["/does/not/exist"])
except FileNotFoundError as e:
    print("not found", e.errno)

server = socket.create_server(("127.0.0.1", 0))
def serve():
    c, _ = server.accept()
    while data := c.recv(100): c.sendall(data.upper())
    c.close()
t = threading.Thread(target=serve); t.start()
c = socket.create_connection(server.getsockname())
c.sendall(b"hello"); print(c.recv(100)); c.close(); t.join()

async def tick(n):
    await asyncio.sleep(0.001 * n); return n
async def main():
    p = await asyncio.create_subprocess_exec("echo", "async", stdout=subprocess.PIPE)
    print(await asyncio.gather(*(tick(i) for i in range(5))), await p.communicate())
asyncio.run(main())

def square(x): return x * x
if __name__ == "__main__":
    with multiprocessing.get_context("fork").Pool(3) as pool:
        print(pool.map(square, range(10)))

pid = os.fork()
if pid == 0:
    os._exit(9)
print("child", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
caught = []
signal.signal(signal.SIGALRM, lambda *a: caught.append(a[0]))
signal.setitimer(signal.ITIMER_REAL, 0.02); signal.pause()
print("signal", caught)
with tempfile.TemporaryFile() as f:
    f.write(b"x" * 8192); f.flush()
    m = mmap.mmap(f.fileno(), 0); m[0:5] = b"hello"; print(m[:8], len(m))
print(os.stat("/etc/passwd").st_size == os.path.getsize("/etc/passwd"))
print(time.time() > 1e9, time.clock_gettime(time.CLOCK_MONOTONIC) > 0, len(os.sched_getaffinity(0)) > 0)
EOF
	run /usr/bin/python3 script.py
	run /usr/bin/python3 -c 'import sys; sys.exit(4)' || echo "exit $?"
	run /usr/bin/python3 -c 'import os, signal; os.kill(os.getpid(), signal.SIGTERM)' || echo "signal $?"
}

compare_all
