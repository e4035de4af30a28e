// The ICU that Debian's libxml2 is built with is not Foundation's: its declarations, which nothing here uses, would contradict
// those wherever both modules are seen.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
