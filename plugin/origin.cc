/* Where in the source a statement comes from.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include "compat.h"
#include "origin.h"

std::vector<const char *>
macro_chain (location_t where)
{
  std::vector<const char *> names;

  where = LOCATION_LOCUS (where);
  if (where <= BUILTINS_LOCATION)
    return names;
  const line_map *map = linemap_lookup (line_table, where);
  while (linemap_macro_expansion_map_p (map))
    {
      names.push_back (
	linemap_map_get_macro_name (linemap_check_macro (map)));
      where = linemap_unwind_toward_expansion (line_table, where, &map);
    }
  return names;
}

location_t
source_location_of (location_t where)
{
  return linemap_resolve_location (line_table, LOCATION_LOCUS (where),
				   LRK_MACRO_EXPANSION_POINT, NULL);
}
