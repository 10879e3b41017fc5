/* The operands of an asm statement with one system call instruction.

   SPDX-License-Identifier: GPL-3.0-or-later

   A template that is nothing but the instruction refers to no operand, so all
   that matters is which register each one is in.  That is known in two cases:
   the constraint allows one register only, or the operand is a hard-register
   variable and the constraint allows its register.  An input that is tied to an
   output is where the output is.  An operand that can be in more than one place
   makes the site residual, since the register allocator decides later.

   Operands in memory, and immediate ones, aren't part of the call.  */

#include "compat.h"
#include "site.h"
#include "operand.h"

/* What one operand's constraint says.  */
struct constraint
{
  /* Every place that one of the alternatives allows.  */
  places where;
  /* The number of the output that it is tied to, or -1.  */
  int tied;
};

/* The places that the register named at *P allows, between braces: a hard
   register constraint.  Steps over it.  */

static places
named_register (const char **p)
{
  size_t length = strcspn (*p + 1, "}");
  places where = target_register_place (std::string (*p + 1, length).c_str ());
  *p += 1 + length;
  if (**p)
    ++*p;
  return where ? where : PLACE_OTHER;
}

/* Read the constraint TEXT.  */

static struct constraint
read_constraint (const char *p)
{
  struct constraint c = { 0, -1 };

  while (*p)
    {
      if (ISDIGIT (*p))
	{
	  char *end;
	  int number = strtol (p, &end, 10);
	  /* Tied to different outputs, by alternatives: it isn't known which
	     GCC takes.  */
	  if (c.tied >= 0 && c.tied != number)
	    c.where |= PLACE_OTHER;
	  c.tied = number;
	  p = end;
	}
      else if (*p == '{')
	c.where |= named_register (&p);
      else if (*p == '#')
	p += strcspn (p, ",");
      /* `*' is about register preferences only: the letter after it counts
	 as it does elsewhere.  */
      else if (strchr ("=+&%?!^$*, \t", *p))
	p++;
      else
	c.where |= target_constraint_places (&p);
    }
  return c;
}

static struct constraint
operand_constraint (tree operand)
{
  tree text = TREE_VALUE (TREE_PURPOSE (operand));
  return read_constraint (TREE_STRING_POINTER (text));
}

bool
register_variable_p (tree decl)
{
  return VAR_P (decl) && DECL_HARD_REGISTER (decl)
	 && DECL_CONTEXT (decl) == current_function_decl
	 && !TREE_STATIC (decl);
}

places
register_variable_place (tree decl)
{
  const char *name = IDENTIFIER_POINTER (DECL_ASSEMBLER_NAME (decl));
  return target_register_place (*name == '*' ? name + 1 : name);
}

bool
asm_output_p (gasm *stmt, tree decl)
{
  for (unsigned int i = 0; i < gimple_asm_noutputs (stmt); i++)
    if (TREE_VALUE (gimple_asm_output_op (stmt, i)) == decl)
      return true;
  return false;
}

int
tied_output (tree operand)
{
  return operand_constraint (operand).tied;
}

bool
immediate_operand_p (gasm *stmt, unsigned int index, HOST_WIDE_INT *value)
{
  unsigned int outputs = gimple_asm_noutputs (stmt);
  if (index < outputs || index - outputs >= gimple_asm_ninputs (stmt))
    return false;
  tree operand = gimple_asm_input_op (stmt, index - outputs);
  struct constraint c = operand_constraint (operand);
  if (c.tied >= 0 || c.where != PLACE_IMMEDIATE
      || !tree_fits_shwi_p (TREE_VALUE (operand)))
    return false;
  *value = tree_to_shwi (TREE_VALUE (operand));
  return true;
}

/* The places that OPERAND can be in, given those that its constraint allows,
   WHERE: a hard-register variable is in its own.  */

static places
settle_places (tree operand, places where)
{
  if (!register_variable_p (operand))
    return where;
  where &= register_variable_place (operand);
  return where ? where : PLACE_OTHER;
}

static bool
one_register_p (places where)
{
  return where && !(where & ~PLACE_REGISTERS) && !(where & (where - 1));
}

/* Can TYPE's values be passed as, and made from, a long?  */

static bool
plain_type_p (const_tree type)
{
  return (INTEGRAL_TYPE_P (type) || POINTER_TYPE_P (type))
	 && tree_to_uhwi (TYPE_SIZE (type)) <= BITS_PER_WORD;
}

/* The register of output number INDEX of STMT, or PLACE_MEMORY; PLACE_OTHER: it
   isn't known.  */

static places
output_place (gasm *stmt, int index)
{
  tree operand = gimple_asm_output_op (stmt, index);
  places where = settle_places (TREE_VALUE (operand),
				operand_constraint (operand).where);
  return where == PLACE_MEMORY || one_register_p (where) ? where : PLACE_OTHER;
}

/* Note that the input VALUE of S is in register WHERE.  Returns why it can't be
   modelled so, or NULL.  */

static const char *
model_register_input (site *s, places where, tree value)
{
  if (!plain_type_p (TREE_TYPE (value)))
    return "an operand is neither an integer nor a pointer";

  tree *slot = NULL;
  if (where == target_number_place)
    slot = &s->number;
  for (unsigned int i = 0; i < PURE_MAX_ARGS; i++)
    if (where == target_argument_place (i))
      {
	slot = &s->args[i];
	s->nargs = MAX (s->nargs, i + 1);
      }
  /* The instruction doesn't read the other registers.  */
  if (!slot)
    return NULL;
  if (*slot)
    return "two operands are in the same register";
  *slot = value;
  return NULL;
}

/* Why a site without a number isn't understood.  */

static const char *
no_number (void)
{
  static const std::string why = std::string ("no operand sets ")
				 + target_number_name + ", the call's number";
  return why.c_str ();
}

/* Model the inputs of S.  Returns why they can't be, or NULL.  */

static const char *
model_inputs (site *s)
{
  for (unsigned int i = 0; i < gimple_asm_ninputs (s->stmt); i++)
    {
      tree operand = gimple_asm_input_op (s->stmt, i);
      tree value = TREE_VALUE (operand);
      struct constraint c = operand_constraint (operand);
      places where = settle_places (value, c.where);

      if (c.tied >= 0 && c.where)
	return "an operand can be in more than one place";
      if (c.tied >= 0)
	where = output_place (s->stmt, c.tied);
      if (where == PLACE_MEMORY)
	s->memory_inputs.push_back (value);
      else if (where == PLACE_IMMEDIATE)
	continue;
      else if (!one_register_p (where))
	return "an operand can be in more than one place";
      else
	{
	  const char *why = model_register_input (s, where, value);
	  if (why)
	    return why;
	}
    }
  return s->number ? NULL : no_number ();
}

/* Model output number INDEX of S.  Returns why it can't be, or NULL.  */

static const char *
model_output (site *s, int index)
{
  tree target = TREE_VALUE (gimple_asm_output_op (s->stmt, index));
  places where = output_place (s->stmt, index);

  if (where == PLACE_MEMORY)
    {
      s->memory_outputs.push_back (target);
      return NULL;
    }
  if (where == PLACE_OTHER)
    return "an operand can be in more than one place";
  if (!plain_type_p (TREE_TYPE (target)))
    return "an operand is neither an integer nor a pointer";
  if (where == target_result_place)
    {
      if (s->result)
	return "two operands are in the same register";
      s->result = target;
      return NULL;
    }
  for (unsigned int i = 0; i < PURE_MAX_ARGS; i++)
    if (where == target_argument_place (i) && s->args[i])
      {
	s->kept.push_back ({ target, s->args[i] });
	return NULL;
      }
  return "an output is in a register that the call gives no known value";
}

const char *
model_operands (site *s)
{
  const char *why = model_inputs (s);

  for (unsigned int i = 0; !why && i < gimple_asm_noutputs (s->stmt); i++)
    why = model_output (s, i);
  s->clobbers_memory = gimple_asm_clobbers_memory_p (s->stmt);
  return why;
}
