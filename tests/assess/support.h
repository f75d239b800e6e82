#pragma once
#include "assess/method.h"

namespace tideline::assess {

/// The packs that are compiled in, for New Zealand.
inline const Method& published() {
    static const Method method = [] {
        auto made = Method::built_in("nz");
        if (!made) throw std::runtime_error(made.error().message);
        return *std::move(made);
    }();
    return method;
}

/// The tiny made-up list.
inline const Method& tiny() {
    static const Method method = [] {
        auto made = Method::from_folder(TIDELINE_SOURCE_DIR "/tests/data/assess/tiny", "xx");
        if (!made) throw std::runtime_error(made.error().message);
        return *std::move(made);
    }();
    return method;
}

/// Answers "yes" to some ids.
inline Observations yes_to(const Method& method, Profile profile, std::initializer_list<std::string_view> ids) {
    Observations observations;
    observations.profile = profile;
    for (const std::string_view id : ids) {
        const auto position = method.indicators().position(id);
        if (!position) throw std::runtime_error("no indicator " + std::string(id));
        observations.answers[*position] = Answer::yes;
    }
    return observations;
}

}  // namespace tideline::assess
