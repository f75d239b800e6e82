#pragma once
#include <cstdio>
#include <cstdlib>

/// Ends the fuzzer with the broken promise's text: assert() that stays in optimised builds.
#define HOLDS(condition)                                                                 \
    do {                                                                                 \
        if (!(condition)) {                                                              \
            std::fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
            std::abort();                                                                \
        }                                                                                \
    } while (false)
