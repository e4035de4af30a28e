// What a build is told of itself and its sources cannot know.
#pragma once

/// The commit that was built, as HORIZON_COMMIT had it; empty where it was not said.
const char *_Nonnull horizon_commit(void);
