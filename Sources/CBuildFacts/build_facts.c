#include "build_facts.h"

#define TEXT_OF(x) #x
#define TEXT(x) TEXT_OF(x)

const char *horizon_commit(void) { return TEXT(HORIZON_COMMIT); }
