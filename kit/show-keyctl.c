/*
 * kit: keyctl.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include <linux/keyctl.h>

#include "show.h"

KIT_FLAGS(keycaps0);
KIT_FLAGS(keycaps1);
KIT_FLAGS(keymove);
KIT_FLAGS(keyperm);
KIT_FLAGS(keyreqkey);
KIT_FLAGS(keyspec);
KIT_FLAGS(keysupports);

/*
 * What the arguments after a command are, a letter each: k a key, d and u
 * numbers, s a string, b bytes of which the next argument is the count, v as
 * many vectors, U a user or group, e an error, p permissions, r a keyring for
 * requested keys, m flags. What the call sets is in capitals: B bytes, T a
 * text, C capabilities. Of what has to do with public keys and with shared
 * secrets: h the keys of a secret, f what is made of it; y keys and sizes, i
 * and o bytes of these, O, after the call, of the result; Q what a key can do.
 * NULL: numbers.
 */
static const char *letters(int command)
{
	switch (command) {
	case KEYCTL_GET_KEYRING_ID:
		return "kd";
	case KEYCTL_JOIN_SESSION_KEYRING:
		return "s";
	case KEYCTL_UPDATE:
		return "kbn";
	case KEYCTL_REVOKE:
	case KEYCTL_CLEAR:
	case KEYCTL_INVALIDATE:
	case KEYCTL_ASSUME_AUTHORITY:
		return "k";
	case KEYCTL_LINK:
	case KEYCTL_UNLINK:
		return "kk";
	case KEYCTL_DESCRIBE:
	case KEYCTL_GET_SECURITY:
		return "kTn";
	case KEYCTL_READ:
		return "kBn";
	case KEYCTL_SEARCH:
		return "kssk";
	case KEYCTL_CHOWN:
		return "kUU";
	case KEYCTL_SETPERM:
		return "kp";
	case KEYCTL_INSTANTIATE:
		return "kbnk";
	case KEYCTL_INSTANTIATE_IOV:
		return "kvnk";
	case KEYCTL_NEGATE:
		return "kuk";
	case KEYCTL_SET_REQKEY_KEYRING:
		return "r";
	case KEYCTL_SET_TIMEOUT:
		return "ku";
	case KEYCTL_SESSION_TO_PARENT:
		return "";
	case KEYCTL_REJECT:
		return "kuek";
	case KEYCTL_GET_PERSISTENT:
		return "Uk";
	case KEYCTL_RESTRICT_KEYRING:
		return "kss";
	case KEYCTL_DH_COMPUTE:
		return "hBnf";
	case KEYCTL_PKEY_QUERY:
		return "kxsQ";
	case KEYCTL_PKEY_ENCRYPT:
	case KEYCTL_PKEY_DECRYPT:
	case KEYCTL_PKEY_SIGN:
		return "ysiO";
	case KEYCTL_PKEY_VERIFY:
		return "ysio";
	case KEYCTL_MOVE:
		return "kkkm";
	case KEYCTL_CAPABILITIES:
		return "Cn";
	}
	return NULL;
}

/* That of argument I; 0: there is none. */
static char letter(const struct pure_show *show, int i)
{
	const char *all = letters((int)show->arguments[0]);
	int k;

	if (!all)
		return 'x';
	for (k = 1; k < i && *all; k++)
		all++;
	return *all;
}

bool kit_keyctl_asks(const struct pure_show *show, int i)
{
	const char kind = letter(show, i);

	return kind == 'B' || kind == 'T' || kind == 'C' || kind == 'O' ||
	       kind == 'Q';
}

/* As much as there was room for of what there is, at argument I. */
static void put_got(struct pure_show *show, int i, bool text)
{
	const unsigned long address = show->arguments[i];
	unsigned long size = show->arguments[i + 1];
	char last;

	if ((unsigned long)show->result < size)
		size = show->result;
	if (text && size && size <= show->options->string_size &&
	    pure_read(&last, address + size - 1, 1) == 1 && !last)
		size--;
	kit_put_memory(show, address, size);
}

static void put_capability(struct pure_show *show, const void *element,
			   void *with)
{
	const unsigned char flags = *(const unsigned char *)element;
	unsigned int *count = with;

	if (*count > 1)
		pure_put_hex(show->text, flags);
	else
		kit_put_flags(show,
			      *count ? &kit_flags_keycaps1 :
				       &kit_flags_keycaps0,
			      flags);
	++*count;
}

static void put_capabilities(struct pure_show *show, int i)
{
	const unsigned long size = show->arguments[i + 1];
	const unsigned long there = show->result;
	unsigned int count = 0;

	kit_put_elements(show, show->arguments[i], size < there ? size : there,
			 1, put_capability, &count);
}

static void put_key(struct pure_show *show, const char *name, int key)
{
	kit_put_name(show, name);
	kit_put_one_signed(show, &kit_flags_keyspec, key);
}

static void put_spare(struct pure_show *show, const void *spare, size_t size)
{
	kit_put_padding(show, "__spare", spare, size, sizeof(int));
}

static void put_secret_keys(struct pure_show *show, unsigned long address)
{
	int keys[3];

	if (!kit_fetch(show, keys, address, sizeof(keys)))
		return;
	pure_put_char(show->text, '{');
	put_key(show, "private", keys[0]);
	put_key(show, "prime", keys[1]);
	put_key(show, "base", keys[2]);
	pure_put_char(show->text, '}');
}

static void put_derivation(struct pure_show *show, unsigned long address)
{
	struct keyctl_kdf_params params;

	if (!kit_fetch(show, &params, address, sizeof(params)))
		return;
	pure_put_char(show->text, '{');
	kit_put_name(show, "hashname");
	kit_put_string(show, (unsigned long)params.hashname);
	kit_put_name(show, "otherinfo");
	if (params.otherinfolen)
		kit_put_memory(show, (unsigned long)params.otherinfo,
			       params.otherinfolen);
	else
		kit_put_address(show, (unsigned long)params.otherinfo);
	kit_put_unsigned(show, "otherinfolen", params.otherinfolen);
	put_spare(show, params.__spare, sizeof(params.__spare));
	pure_put_char(show->text, '}');
}

static void put_parameters(struct pure_show *show, unsigned long address)
{
	const bool verify = (int)show->arguments[0] == KEYCTL_PKEY_VERIFY;
	struct keyctl_pkey_params params;

	if (!kit_fetch(show, &params, address, sizeof(params)))
		return;
	pure_put_char(show->text, '{');
	put_key(show, "key_id", params.key_id);
	kit_put_unsigned(show, "in_len", params.in_len);
	kit_put_unsigned(show, verify ? "in2_len" : "out_len", params.in2_len);
	put_spare(show, params.__spare, sizeof(params.__spare));
	pure_put_char(show->text, '}');
}

/* The bytes of which the parameters have the size. */
static void put_sized(struct pure_show *show, char kind, unsigned long address)
{
	struct keyctl_pkey_params params;

	if (pure_set_has(&show->options->plain, show->number) ||
	    pure_read(&params, show->arguments[1], sizeof(params)) !=
		    sizeof(params))
		kit_put_address(show, address);
	else if (kind == 'O')
		kit_put_memory(show, address, (unsigned long)show->result);
	else
		kit_put_memory(show, address,
			       kind == 'i' ? params.in_len : params.in2_len);
}

static void put_query(struct pure_show *show, unsigned long address)
{
	struct keyctl_pkey_query query;

	if (!kit_fetch(show, &query, address, sizeof(query)))
		return;
	pure_put(show->text, "{supported_ops=");
	kit_put_flags(show, &kit_flags_keysupports, query.supported_ops);
	kit_put_unsigned(show, "key_size", query.key_size);
	kit_put_unsigned(show, "max_data_size", query.max_data_size);
	kit_put_unsigned(show, "max_sig_size", query.max_sig_size);
	kit_put_unsigned(show, "max_enc_size", query.max_enc_size);
	kit_put_unsigned(show, "max_dec_size", query.max_dec_size);
	put_spare(show, query.__spare, sizeof(query.__spare));
	pure_put_char(show->text, '}');
}

/* Those of public keys and shared secrets. */
static void put_crypto(struct pure_show *show, char kind, unsigned long address)
{
	switch (kind) {
	case 'h':
		put_secret_keys(show, address);
		break;
	case 'f':
		put_derivation(show, address);
		break;
	case 'y':
		put_parameters(show, address);
		break;
	case 'Q':
		put_query(show, address);
		break;
	default:
		put_sized(show, kind, address);
	}
}

/* Those that aren't set by the call. */
static void put_given(struct pure_show *show, char kind, int i)
{
	const unsigned long value = show->arguments[i];

	switch (kind) {
	case 'k':
		kit_put_one_signed(show, &kit_flags_keyspec, (int)value);
		break;
	case 'd':
		pure_put_signed(show->text, (int)value);
		break;
	case 'n':
		pure_put_unsigned(show->text, value);
		break;
	case 'u':
		pure_put_unsigned(show->text, (unsigned int)value);
		break;
	case 's':
		kit_put_string(show, value);
		break;
	case 'b':
		kit_put_memory(show, value, show->arguments[i + 1]);
		break;
	case 'v':
		kit_put_vectors(show, value, show->arguments[i + 1], -1UL);
		break;
	case 'U':
		kit_put_id(show, (unsigned int)value);
		break;
	case 'e':
		kit_put_error(show, (int)value);
		break;
	case 'p':
		kit_put_flags(show, &kit_flags_keyperm, (unsigned int)value);
		break;
	case 'r':
		kit_put_one_signed(show, &kit_flags_keyreqkey, (int)value);
		break;
	case 'm':
		kit_put_flags(show, &kit_flags_keymove, (unsigned int)value);
		break;
	case 'x':
		pure_put_hex(show->text, value);
		break;
	case '\0':
		break;
	default:
		put_crypto(show, kind, value);
	}
}

void kit_show_keyctl(struct pure_show *show, int i)
{
	const char kind = letter(show, i);

	if (!kit_keyctl_asks(show, i))
		put_given(show, kind, i);
	else if (kit_failed(show))
		kit_put_address(show, show->arguments[i]);
	else if (kind == 'C')
		put_capabilities(show, i);
	else if (kind == 'O' || kind == 'Q')
		put_crypto(show, kind, show->arguments[i]);
	else
		put_got(show, i, kind == 'T');
}
