# System call sites for functions.py: the operands of each, and what they mean.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Each site stands in the file twice: as the asm statement, and as a call of
# model_call (), by what is known here of the operands, not by the plugin.  What
# the numbers of calls that Linux doesn't have are made of is in functions.h.

REGISTERS = ["rdi", "rsi", "rdx", "r10", "r8", "r9"]
LETTERS = {"rdi": "D", "rsi": "S", "rdx": "d"}
# What a letter is as a hard register constraint.
HARD = {"a": "{rax}", "b": "{rbx}", "D": "{rdi}", "S": "{rsi}", "d": "{rdx}"}

# Types, and how wide they are.
TYPES = {"long": 64, "unsigned long": 64, "long long": 64, "void *": 64,
         "const char *": 64, "int": 32, "unsigned int": 32, "enum any": 32,
         "short": 16, "unsigned short": 16, "signed char": 8,
         "unsigned char": 8, "boolean": 8}

VALUE, READ, WRITTEN, UNSET = range(4)
HASH, SMALL, ERROR, BOOLEAN, UNCHANGED = range(5)
RESIDUAL, THROWS, JUMPS, FAKE = 1 << 20, 1 << 21, 1 << 22, 1 << 28

TEMPLATES = (["syscall"] * 12
             + ["syscall\\n\\t", "\\tSYSCALL", "syscall;",
                ".Lsite%=: syscall",
                "syscall # a syscall", "{syscall|syscall}"])
RESIDUAL_TEMPLATES = ["nop; syscall", "syscall\\n\\tnop",
                      "nop\\n\\tnop; syscall", "1: syscall"]
QUALIFIERS = ["asm volatile", "__asm__ __volatile__", "__asm__ volatile",
              "asm volatile inline", "asm inline volatile"]


class Node:
    """Statements that can be left out: HEAD and TAIL around CHILDREN; with
    UNWRAP, those two alone as well; with FIXED, only together with what is
    around them."""

    def __init__(self, head, children=(), tail=(), unwrap=False, fixed=False):
        self.head = [head] if isinstance(head, str) else list(head)
        self.tail = [tail] if isinstance(tail, str) else list(tail)
        self.children = list(children)
        self.unwrap, self.fixed = unwrap, fixed

    def number(self, count=0):
        """Give names to this one and those inside.  Returns the last one's
        number."""
        self.name = str(count)
        for child in self.children:
            count = child.number(count + 1)
        return count

    def names(self, dropped):
        """What can be left out that isn't among DROPPED."""
        if self.name in dropped:
            return []
        own = [] if self.fixed else [self.name]
        if self.unwrap and self.name + "u" not in dropped:
            own.append(self.name + "u")
        return own + [n for c in self.children for n in c.names(dropped)]

    def lines(self, dropped=(), depth=0):
        if self.name in dropped:
            return []
        around = self.name + "u" not in dropped
        inner = [line for c in self.children
                 for line in c.lines(dropped, depth + around)]
        if not around:
            return inner
        indent = "  " * depth
        return ([indent + line for line in self.head] + inner
                + [indent + line for line in self.tail])


def cast(kind, text):
    """TEXT, of an integer's or a pointer's type, as a KIND."""
    if kind == "boolean":
        return "(boolean) ((%s) & 1)" % text
    if kind == "enum any":
        return "(enum any) (int) (%s)" % text
    if kind.endswith("*"):
        return "(%s) (long) (%s)" % (kind, text)
    return "(%s) (%s)" % (kind, text)


class Variable:
    """A variable; REG: the register that it is bound to, or None."""

    def __init__(self, name, kind, reg=None, constant=False, volatile=False):
        self.name, self.kind, self.reg = name, kind, reg
        self.constant, self.volatile = constant, volatile

    def declaration(self, value=None):
        text = " ".join([self.kind] + ["const"] * self.constant
                        + ["volatile"] * self.volatile + [self.name])
        if self.reg:
            text = "register %s REGISTER (\"%s\")" % (text, self.reg)
        return text + (" = %s;" % value if value else ";")


class Operand:
    """An operand of an asm statement; TIED: the output in whose place it is."""

    def __init__(self, constraint, value, tied=None):
        self.constraint, self.value, self.tied = constraint, value, tied
        self.label = None

    def text(self, outputs, alternatives):
        constraint = self.constraint
        if self.tied:
            constraint = str(outputs.index(self.tied))
            if self.tied.label and alternatives == 1:
                constraint = "[%s]" % self.tied.label
        head = constraint[0] if constraint[0] in "=+" else ""
        constraint = head + ",".join([constraint[len(head):]] * alternatives)
        label = "[%s] " % self.label if self.label else ""
        return '%s"%s" (%s)' % (label, constraint, self.value)


class Site:
    """A site in BODY, put together from a call's number and arguments."""

    def __init__(self, body, width=64):
        self.body, self.rng = body, body.rng
        self.width = width
        # With a "memory" clobber, or with each operand in memory said.
        self.clobber = self.chance(.6)
        self.residual = body.function.unit.residual
        self.hard = body.function.unit.hard
        # It has to be a guarded one.
        self.exact = body.function.unit.instrument != ""
        self.before, self.registers, self.after = [], [], []
        self.last = []          # what comes right before the statement
        self.outputs, self.inputs = [], []
        self.model_before, self.model_after = [], []
        self.arguments = {}
        self.used = set()       # variables that are taken
        self.replaced = None    # one that the result should go to
        self.label = None       # what an asm goto may jump to
        self.silent = False     # may have no outputs
        self.relation = None    # what the result is compared with
        self.into = None        # the variable that the result goes to

    def chance(self, p):
        return self.rng.random() < p

    def fresh(self, stem):
        return self.body.function.fresh(stem)

    def tie(self, constraint, target, text):
        """An output at TARGET, and an input with the value TEXT in its
        place."""
        self.outputs.append(Operand(constraint, target))
        self.inputs.append(Operand("", text, self.outputs[-1]))

    def free_variable(self, kinds):
        """A variable of one of KINDS that may be an output, or None."""
        found = [v for v in self.body.assignable()
                 if v.kind in kinds and not v.reg and v.name not in self.used]
        if not found:
            return None
        chosen = self.rng.choice(found)
        self.used.add(chosen.name)
        return chosen

    def read_variable(self):
        """A variable's value, which the result may well replace; or None."""
        found = [v for v in self.body.assignable()
                 if not v.reg and v.name not in self.used]
        if not found or self.chance(.5):
            return None
        self.replaced = self.rng.choice(found)
        return "(unsigned long) %s" % self.replaced.name

    # Arguments.

    def register_variable(self, reg, kind, text):
        """A register variable with the value TEXT, or any."""
        shared = self.body.registers.get(reg)
        if shared:
            needed = 64 if text else self.width
            if TYPES[shared.kind] >= needed and shared.name not in self.used:
                self.used.add(shared.name)
                if text or self.chance(.2):
                    text = cast(shared.kind, text or self.body.expression())
                    self.registers.append(["%s = %s;" % (shared.name, text)])
                return shared
            self.body.function.plain = False
        constant = False
        if text is None:
            # GCC forgets the register of a constant whose value it knows.
            constant = self.chance(.05)
            text = cast(kind, "(unsigned long) c->in[3]" if constant
                        else self.body.expression())
        v = Variable(self.fresh(reg + "_"), kind, reg, constant)
        if self.chance(.15) and not constant:
            self.registers.append([v.declaration(),
                                   "%s = %s;" % (v.name, text)])
        else:
            self.registers.append([v.declaration(text)])
        return v

    def by_name(self, index, kind, text):
        """Let the argument be in its register by a constraint that names it."""
        constraint = "{%s}" % REGISTERS[index]
        if (text is None and self.chance(.3)
                and self.kept_by_letter(index, constraint, kind)):
            return
        text = text or cast(kind, self.body.expression())
        self.arguments[index] = "(long) %s" % text
        self.inputs.append(Operand(constraint, self.alone(text)))

    def alone(self, text):
        """A variable with the value TEXT.  GCC 16 finds no registers for two
        operands that it knows to be the same if one's constraint names it."""
        k = self.fresh("k")
        self.last += ["__typeof__ ((%s) + 0) %s = %s;" % (text, k, text),
                      '__asm__ volatile ("" : "+r" (%s));' % k]
        return k

    def by_register(self, index, kind, text):
        reg = REGISTERS[index]
        v = self.register_variable(reg, kind, text)
        self.arguments[index] = "(long) %s" % v.name
        constraint = LETTERS[reg] if reg in LETTERS and self.chance(.2) else "r"
        how = 1 if v.constant else self.rng.random()
        if how < .15:
            self.outputs.append(Operand("+" + constraint, v.name))
        elif how < .25:
            self.tie("=" + constraint, v.name, v.name)
        elif how < .4 and text is None and reg in LETTERS:
            # By its letter: GCC forgets the register of an output that is tied
            # to another variable.
            self.used.add(v.name)
            self.set_by_call(index, v, LETTERS[reg])
        else:
            self.inputs.append(Operand(constraint, v.name))

    def set_by_call(self, index, v, constraint):
        """Let the variable V be an output in the place of the argument, whose
        value the call leaves there."""
        text = cast(v.kind, self.read_variable() or self.body.expression())
        m = self.fresh("m")
        self.model_before.append("%s %s = %s;" % (v.kind, m, text))
        self.model_after.append("%s = %s;" % (v.name, m))
        self.arguments[index] = "(long) %s" % m
        self.tie("=" + constraint, v.name, text)

    def kept_by_letter(self, index, letter, kind):
        """Let the argument be an output too, which the call leaves as it was.
        Returns false if there is no variable for it."""
        if self.chance(.5):
            v = self.free_variable([k for k in TYPES if TYPES[k] >= self.width])
            if v:
                self.arguments[index] = "(long) %s" % v.name
                self.outputs.append(Operand("+" + letter, v.name))
        else:
            v = self.free_variable([kind])
            if v:
                self.set_by_call(index, v, letter)
        return bool(v)

    def argument(self, index, kind, text=None):
        """Let argument INDEX be of type KIND, with the value TEXT, or any."""
        reg = REGISTERS[index]
        if (self.hard and reg not in self.body.registers and kind != "boolean"
                and self.chance(.3)):
            self.by_name(index, kind, text)
            return
        if reg not in LETTERS or reg in self.body.registers or self.chance(.25):
            self.by_register(index, kind, text)
            return
        letter = LETTERS[reg]
        if text is None:
            if self.chance(.2) and self.kept_by_letter(index, letter, kind):
                return
            text = cast(kind, self.body.expression())
        self.arguments[index] = "(long) %s" % text
        if self.chance(.1):
            letter = self.rng.choice("!?^$*") + letter
        self.inputs.append(Operand(letter, text))

    def in_memory(self, way, text):
        """Say that the call reads ("m") or writes TEXT, in memory."""
        if not self.clobber:
            (self.inputs if way == "m" else self.outputs).append(
                Operand(way, text))

    def concealed(self, text):
        """TEXT, an address: and GCC can't tell of what."""
        if self.clobber or self.chance(.3):
            return text
        p = self.fresh("p")
        self.before.append("long %s = conceal (%s);" % (p, text))
        self.body.hazard()
        return p

    def block(self, index, kind):
        """Let argument INDEX point to a block that is READ or WRITTEN."""
        b = self.fresh("b")
        self.before.append("struct block %s;" % b)
        for part in ("r.v[0]", "r.v[1]", "w.v[0]", "w.v[1]"):
            self.before.append("%s.%s = %s;" % (b, part,
                                                self.body.expression()))
        if kind == READ:
            self.in_memory("m", b if self.chance(.3) else b + ".r")
        elif self.chance(.4):
            self.in_memory("+m", b)
        else:
            self.in_memory("=m", b + ".w")
            self.in_memory("m", b + ".r")
        self.argument(index, "long", self.concealed("(long) &%s" % b))
        self.after.append("h = mix (h, %s.r.v[1]);" % b)
        if kind == WRITTEN:
            self.after += ["h = mix (h, %s.w.v[%d]);" % (b, i) for i in (0, 1)]

    def buffer(self, size):
        """Bytes that the call writes.  Returns their name."""
        b = self.fresh("buffer")
        self.before += ["unsigned char %s[%d];" % (b, size),
                        "for (int z = 0; z < %d; z++) %s[z] = z;" % (size, b)]
        self.in_memory("+m", b)
        self.after.append("for (int z = 0; z < %d; z++) h = mix (h, %s[z]);"
                          % (size, b))
        return b

    # The number and the result.

    def number_text(self, number):
        """NUMBER: a constant of some type, or a variable."""
        how = self.rng.random()
        if how < .7:
            return self.rng.choice(["%d", "%d", "(long) %d", "%du"]) % number
        v = Variable(self.fresh("n"), self.rng.choice(["long", "int"]),
                     volatile=how < .8)
        self.before.append(v.declaration(str(number)))
        return v.name

    def target(self, kinds):
        """Where a result of one of KINDS goes: its text and type."""
        if self.into:
            return self.into, "long"
        # What is compared is nobody else's to read.
        how = 1 if self.relation else self.rng.random()
        if how < .12 and "long" in kinds:
            return "c->out[%d]" % self.rng.randrange(8), "long"
        if how < .18 and "long" in kinds:
            x = self.fresh("x")
            self.before.append("unsigned long %s = (%s) & 7;"
                               % (x, self.body.expression()))
            return "c->out[%s]" % x, "long"
        if how < .23 and "int" in kinds:
            return self.rng.choice([("c->bits.f", "unsigned int"),
                                    ("c->bits.g", "int"),
                                    ("c->bits.w", "unsigned long")])
        v = self.free_variable(kinds) if how < .8 else None
        if (self.replaced and self.replaced.kind in kinds
                and self.replaced.name not in self.used):
            v = self.replaced
        if not v:
            v = Variable(self.fresh("q"), self.rng.choice(kinds))
            self.before.append(v.declaration())
        return v.name, v.kind

    def number_and_result(self, number, kinds):
        """The operands for NUMBER and a result of one of KINDS.  Returns where
        that goes, and its type; None: nowhere."""
        how = 1 if self.into else self.rng.random()
        text = self.number_text(number)
        if self.label or self.silent and how < .3:
            self.inputs.append(Operand("a", text))
            return None, None
        if how < .4:
            # One variable for both.
            kind = self.rng.choice(["long", "unsigned long", "int"])
            if how < .35:
                v, constraint = Variable(self.fresh("q"), kind), "a"
                self.before.append(v.declaration(text))
            else:
                v, constraint = Variable(self.fresh("rax_"), kind, "rax"), "r"
                self.registers.append([v.declaration(text)])
            if self.chance(.5):
                self.outputs.append(Operand("+" + constraint, v.name))
            else:
                self.tie("=" + constraint, v.name, v.name)
            return v.name, kind
        if how < .47:
            v = Variable(self.fresh("rax_"), self.rng.choice(kinds), "rax")
            self.before.append(v.declaration())
            target, kind, constraint = v.name, v.kind, self.rng.choice("ra")
        else:
            target, kind = self.target(kinds)
            constraint = "a"
        if constraint == "r" or self.chance(.5):
            self.outputs.append(Operand("=" + constraint, target))
            self.inputs.append(Operand("a", text))
        else:
            early = "&" if self.chance(.2) else ""
            self.tie("=" + early + constraint, target, text)
        return target, kind

    # The statement.

    def extras(self):
        """Operands that the call doesn't have; and the template."""
        how = self.rng.random()
        if how < .03:
            self.inputs.append(Operand("i", "7"))
        elif how < .06:
            self.inputs.append(Operand("b", self.body.expression()))
        elif how < .08 and not self.exact:
            v = self.free_variable(["long", "int"])
            if v:
                self.residual = True
                self.outputs.append(Operand("+b", v.name))
        elif how < .13 and not self.exact:
            self.residual = True
            return self.rng.choice(RESIDUAL_TEMPLATES)
        elif (how < .3 and self.silent and not self.outputs
              and not self.exact):
            # GCC crashes on many an asm goto with outputs.
            self.residual = True
            self.label = self.fresh("L")
        return self.rng.choice(TEMPLATES)

    def operands(self):
        """The texts of the outputs and the inputs."""
        alternatives = self.rng.randrange(2, 4) if self.chance(.12) else 1
        self.rng.shuffle(self.outputs)
        self.rng.shuffle(self.inputs)
        for operand in self.outputs + self.inputs:
            if self.chance(.15):
                operand.label = self.fresh("o")
            letter = operand.constraint[-1:]
            if self.hard and letter in HARD and self.chance(.3):
                operand.constraint = operand.constraint[:-1] + HARD[letter]
                if (operand in self.inputs
                        and operand.value.split("_")[0] not in REGISTERS):
                    operand.value = self.alone(operand.value)
        return [", ".join(o.text(self.outputs, alternatives) for o in each)
                for each in (self.outputs, self.inputs)]

    def clobbers(self):
        names = [self.rng.choice(["rcx", "rcx", "cx", "ecx"]), "r11"]
        if self.clobber:
            names.append("memory")
        if self.chance(.1):
            names.append("cc")
        self.rng.shuffle(names)
        return ", ".join('"%s"' % n for n in names)

    def model(self, number, target, kind):
        """What the statement means."""
        count = max(self.arguments, default=-1) + 1
        given = [self.arguments.get(i, "0L") for i in range(count)]
        call = "model_call (%s)" % ", ".join([str(number), "%dL" % count]
                                             + given)
        if target:
            call = "%s = %s" % (target, cast(kind, call))
        return " ".join(["{"] + self.model_before + [call + ";"]
                        + self.model_after + ["}"])

    def finish(self, number, kinds):
        """The site, with all that is around it.  The result can be of one of
        KINDS."""
        template = self.extras()
        if self.residual and number & FAKE:
            number |= RESIDUAL
        target, kind = self.number_and_result(number, kinds)
        qualifier = self.rng.choice(QUALIFIERS)
        if self.body.once and self.clobber and target and self.chance(.1):
            qualifier = self.rng.choice(["asm", "asm inline"])
        outputs, inputs = self.operands()
        clobbers = self.clobbers()
        if self.label:
            qualifier = self.rng.choice(["asm goto", "asm volatile goto"])
            clobbers += " : " + self.label
            self.after.insert(0, self.label + ": ;")
        statement = '%s ("%s" : %s : %s : %s)' % (qualifier, template, outputs,
                                                 inputs, clobbers)
        if target and not self.into:
            result = "(unsigned long) %s" % target
            if self.relation:
                result = "%s == (unsigned long) %s" % (result, self.relation)
            self.after.insert(0, "h = mix (h, %s);" % result)
        self.rng.shuffle(self.registers)
        lines = (self.before + [t for r in self.registers for t in r]
                 + self.last
                 + ["SITE (%s," % statement,
                    "      %s);" % self.model(number, target, kind)]
                 + self.after)
        return Node(["{"] + ["  " + line for line in lines] + ["}"])


def fake_site(body, flags=0, sharing=()):
    """A call that Linux doesn't have.  It uses the register variables of the
    registers in SHARING, and FLAGS are part of its number; with either, it is
    a site that has to be guarded."""
    rng = body.rng
    width = min([rng.choice([64, 64, 64, 32, 32, 16, 8])]
                + [TYPES[body.registers[r].kind] for r in sharing])
    s = Site(body, width)
    s.exact |= bool(flags or sharing)
    count = max([rng.choice([0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 6, 6])]
                + [REGISTERS.index(r) + 1 for r in sharing])
    number = FAKE | flags | count
    number |= [64, 32, 16, 8].index(width) << 3 | rng.randrange(32) << 23
    for i in range(count):
        what = rng.choices([VALUE, READ, WRITTEN, UNSET], [20, 3, 3, 1])[0]
        # A register variable that goes on being used never gets an address.
        if what == UNSET and i == count - 1 or REGISTERS[i] in body.registers:
            what = VALUE
        number |= what << (5 + 2 * i)
        if REGISTERS[i] in sharing:
            s.by_register(i, None, None)
        elif what == VALUE:
            s.argument(i, rng.choice([t for t in TYPES if TYPES[t] >= width]))
        elif what != UNSET:
            s.block(i, what)
    kinds = [t for t in TYPES if t != "boolean"]
    result = rng.choice([HASH, HASH, SMALL, ERROR, UNCHANGED])
    if body.chance(.1):
        result, kinds = BOOLEAN, ["boolean", "long"]
    s.silent = result == UNCHANGED
    return s.finish(number | result << 17, kinds)


# Calls that Linux has.  Each function gives S its arguments and returns the
# number.

def small(s, limit):
    """A value below LIMIT, a power of two."""
    return "(long) ((%s) & %d)" % (s.body.expression(), limit - 1)


def number_type(s):
    return s.rng.choice(["int", "long"])


def unknown(s):
    for i in range(s.rng.randrange(7)):
        s.argument(i, s.rng.choice(list(TYPES)))
    return s.rng.randrange(500, 512)


def getpid(s):
    number, s.relation = s.rng.choice([(39, "c->pid"), (110, "c->parent"),
                                       (186, "c->pid")])
    return number


def lseek(s):
    s.argument(0, number_type(s), "c->file")
    s.argument(1, "long", small(s, 1024))
    s.argument(2, number_type(s), "0")
    return 8


def pread(s):
    size = s.rng.choice([8, 16, 64])
    s.argument(0, number_type(s), "c->file")
    s.argument(1, "void *", "(void *) %s"
               % s.concealed("(long) %s" % s.buffer(size)))
    s.argument(2, "unsigned long", str(size - s.rng.randrange(3)))
    s.argument(3, "long", small(s, 512))
    return 17


def pwrite(s):
    b = s.fresh("data")
    s.before += ["long %s[2];" % b, "%s[0] = %s;" % (b, s.body.expression()),
                 "%s[1] = %s;" % (b, s.body.expression())]
    s.in_memory("m", b)
    s.argument(0, number_type(s), "c->file")
    s.argument(1, "const char *", "(const char *) %s"
               % s.concealed("(long) %s" % b))
    s.argument(2, "unsigned long", "16ul")
    s.argument(3, "long", small(s, 256))
    return 18


def readv(s):
    """readv, preadv or preadv2: three, five or six arguments."""
    v, b = s.fresh("vector"), s.buffer(24)
    s.before += ["struct vector %s[2];" % v,
                 "%s[0].base = %s; %s[0].length = 8;" % (v, b, v),
                 "%s[1].base = %s + 8; %s[1].length = 16;" % (v, b, v)]
    s.in_memory("m", v)
    number = s.rng.choice([19, 295, 327])
    s.argument(0, number_type(s), "c->file")
    s.argument(1, "void *", "(void *) %s" % s.concealed("(long) %s" % v))
    s.argument(2, number_type(s), "2")
    if number != 19:
        s.argument(3, "long", small(s, 256))
        s.argument(4, "long", "0")
    if number == 327:
        s.argument(5, "int", "0")
    return number


def fcntl(s):
    """F_GETFD and F_GETFL."""
    s.argument(0, number_type(s), "c->file")
    s.argument(1, number_type(s), s.rng.choice(["1", "3"]))
    return 72


def write(s):
    s.clobber = True
    s.argument(0, number_type(s), "c->null")
    s.argument(1, "const char *", '"some text"')
    s.argument(2, "unsigned long", str(s.rng.randrange(10)))
    return 1


def clock_getres(s):
    t = s.fresh("time")
    s.before += ["struct time %s;" % t, "%s.seconds = 9;" % t]
    s.in_memory("=m", t)
    s.argument(0, number_type(s), "1")
    s.argument(1, "long", s.concealed("(long) &%s" % t))
    s.after.append("h = mix (h, %s.seconds == c->resolution.seconds "
                   "&& %s.nanoseconds == c->resolution.nanoseconds);" % (t, t))
    return 229


def getcwd(s):
    s.argument(0, "long", "(long) %s" % s.buffer(200))
    s.argument(1, "unsigned long", "200ul")
    return 79


def uname(s):
    s.argument(0, "void *", "(void *) %s" % s.buffer(390))
    return 63


REAL = [unknown, unknown, getpid, lseek, pread, pwrite, readv, readv, fcntl,
        write, clock_getres, getcwd, uname]


def real_site(body):
    s = Site(body)
    s.exact = True
    return s.finish(body.rng.choice(REAL)(s), ["long", "long long", "int"])


def mapping(body):
    """mmap of the file or of anonymous memory, a look at it, and munmap."""
    m = body.function.fresh("map")
    s = Site(body)
    s.clobber, s.exact, s.into = True, True, m
    anonymous = s.chance(.5)
    for index, (kind, text) in enumerate([
            ("void *", "(void *) 0"), ("unsigned long", "4096ul"),
            ("int", "1"), ("int", "34" if anonymous else "2"),
            ("int", "-1" if anonymous else "c->file"), ("long", "0l")]):
        s.argument(index, kind, text)
    map_site = s.finish(9, ["long"])
    map_site.fixed = True
    s = Site(body)
    s.clobber = s.exact = True
    s.argument(0, "long", m)
    s.argument(1, "unsigned long", "4096ul")
    return Node(["{", "  long %s;" % m],
                [map_site,
                 Node("if (%s > 0)" % m, fixed=True),
                 Node("  h = mix (h, ((const unsigned long *) %s)[3]);" % m,
                      fixed=True),
                 s.finish(11, ["long", "int"])], "}")
