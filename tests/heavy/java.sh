#!/bin/sh
# Java under a heavy handler: threads, garbage, signals, files, sockets, a child.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/heavy.inc"

need java javac

scenario() {
	cat >Heavy.java <<'EOF'
import java.io.*;
import java.net.*;
import java.nio.file.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;

public class Heavy {
	static void threads() throws Exception {
		ExecutorService pool = Executors.newFixedThreadPool(8);
		List<Future<Long>> sums = new ArrayList<>();
		for (int i = 0; i < 64; i++) {
			final int n = i;
			sums.add(pool.submit(() -> {
				long sum = 0;
				for (int j = 0; j < 2000; j++) {
					byte[] garbage = new byte[10000 + j];
					garbage[j] = (byte) n;
					sum += garbage.length + garbage[j];
				}
				return sum;
			}));
		}
		long sum = 0;
		for (Future<Long> one : sums)
			sum += one.get();
		pool.shutdown();
		System.out.println("sum " + sum);
		AtomicInteger count = new AtomicInteger();
		for (int i = 0; i < 200; i++) {
			Thread one = new Thread(count::incrementAndGet);
			one.start();
			one.join();
		}
		System.out.println("threads " + count.get());
	}

	static void garbage() {
		List<byte[]> kept = new ArrayList<>();
		for (int i = 0; i < 3000; i++) {
			byte[] one = new byte[50000];
			if (i % 100 == 0)
				kept.add(one);
			if (i % 1000 == 0)
				System.gc();
		}
		System.out.println("kept " + kept.size());
	}

	static void files() throws Exception {
		Path path = Files.createTempFile(Path.of("."), "heavy", ".txt");
		try (BufferedWriter writer = Files.newBufferedWriter(path)) {
			for (int i = 0; i < 20000; i++)
				writer.write("line " + i + "\n");
		}
		System.out.println("lines " + Files.lines(path).count() + ", " + Files.size(path));
		Files.delete(path);
	}

	static void sockets() throws Exception {
		ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		Thread echo = new Thread(() -> {
			try {
				for (int i = 0; i < 50; i++)
					try (Socket one = server.accept()) {
						one.getInputStream().transferTo(one.getOutputStream());
					}
			} catch (IOException e) {
				e.printStackTrace();
			}
		});
		echo.start();
		int bytes = 0;
		for (int i = 0; i < 50; i++)
			try (Socket one = new Socket(server.getInetAddress(), server.getLocalPort())) {
				one.getOutputStream().write(("hello " + i).getBytes());
				one.shutdownOutput();
				bytes += one.getInputStream().readAllBytes().length;
			}
		echo.join();
		System.out.println("bytes " + bytes);
	}

	static void children() throws Exception {
		for (int i = 0; i < 5; i++) {
			Process one = new ProcessBuilder("sh", "-c", "cat; exit 3").start();
			one.getOutputStream().write("to a child\n".getBytes());
			one.getOutputStream().close();
			System.out.print(new String(one.getInputStream().readAllBytes()));
			System.out.println("child " + one.waitFor());
		}
	}

	static int depth(int n) {
		return depth(n + 1) + 1;
	}

	static void faults() {
		try {
			depth(0);
		} catch (StackOverflowError e) {
			System.out.println("stack overflow");
		}
		try {
			Object none = System.getProperty("nothing of that name");
			for (int i = 0; i < 100000; i++)
				if (i == 99999)
					none.hashCode();
		} catch (NullPointerException e) {
			System.out.println("null pointer");
		}
	}

	public static void main(String[] args) throws Exception {
		Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
		threads();
		garbage();
		files();
		sockets();
		children();
		faults();
		System.exit(7);
	}
}
EOF
	javac Heavy.java
	java=$(readlink -f "$(command -v java)")
	under "$java" -version 2>&1
	for collector in Serial G1 Parallel; do
		status=0
		under "$java" -Xmx128m "-XX:+Use${collector}GC" Heavy 2>&1 || status=$?
		echo "java: $status"
	done
	status=0
	under "$java" -Xmx128m -Xint Heavy >/dev/null 2>&1 || status=$?
	echo "java: $status"
}

compare "$@"
