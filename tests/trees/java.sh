#!/bin/sh
# javac, and java by its link, which looks for its files beside itself; its children.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
# shellcheck source=trees.inc
. "$(dirname "$0")/trees.inc"

need java javac

scenario() {
	cat >Hello.java <<'EOF'
public class Hello {
	public static void main(String[] args) throws Exception {
		System.out.println("java " + System.getProperty("java.home"));
		System.out.println(ProcessHandle.current().info().command().get());
		Process one = new ProcessBuilder("sh", "-c", "cat; exit 3").start();
		one.getOutputStream().write("to a child\n".getBytes());
		one.getOutputStream().close();
		System.out.print(new String(one.getInputStream().readAllBytes()));
		System.out.println("child " + one.waitFor());
		if (args.length == 0)
			System.exit(new ProcessBuilder(ProcessHandle.current().info()
				.command().get(), "Hello", "again").inheritIO().start().waitFor());
	}
}
EOF
	javac Hello.java
	java Hello
	jar cf hello.jar Hello.class && jar tf hello.jar
}

compare
