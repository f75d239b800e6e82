#pragma once
#include <cstdlib>
#include <string>
#include <utility>
#include <variant>

namespace tideline {

/// Why an operation was not done. The kinds a caller can act on; everything else is a bug and throws.
enum class ErrorKind {
    invalid,      ///< what was given is not well formed; the message says how to mend it
    too_large,    ///< a stated limit was passed
    not_found,    ///< no such thing, or none that this actor may know of
    forbidden,    ///< the policy table has no row that allows it
    no_key,       ///< permitted, but no grant opens it for this keyring
    conflict,     ///< somebody else changed it meanwhile, or it is in the wrong state
    busy,         ///< try again in a moment
    expired,      ///< it was valid once
    unavailable,  ///< a service or file that is needed cannot be reached
    corrupt,      ///< stored bytes are not what was written
};

/// The lower-case name of a kind, as used in logs and JSON.
constexpr const char* name_of(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::invalid: return "invalid";
        case ErrorKind::too_large: return "too_large";
        case ErrorKind::not_found: return "not_found";
        case ErrorKind::forbidden: return "forbidden";
        case ErrorKind::no_key: return "no_key";
        case ErrorKind::conflict: return "conflict";
        case ErrorKind::busy: return "busy";
        case ErrorKind::expired: return "expired";
        case ErrorKind::unavailable: return "unavailable";
        case ErrorKind::corrupt: return "corrupt";
    }
    return "unknown";
}

/// An expected failure: its kind, and a sentence for a person (never with content that is sealed).
struct Error {
    ErrorKind kind = ErrorKind::invalid;
    std::string message;
};

/// A value or an Error. Look before you take: value() of a failed Result ends the process.
template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}
    Result(ErrorKind kind, std::string message) : Result(Error{kind, std::move(message)}) {}

    bool ok() const { return state_.index() == 0; }
    explicit operator bool() const { return ok(); }

    T& value() & { return checked(); }
    const T& value() const& { return const_cast<Result*>(this)->checked(); }
    T value() && { return std::move(checked()); }
    T& operator*() & { return checked(); }
    const T& operator*() const& { return value(); }
    T operator*() && { return std::move(checked()); }
    T* operator->() { return &checked(); }
    const T* operator->() const { return &value(); }

    const Error& error() const { return std::get<1>(state_); }
    ErrorKind kind() const { return error().kind; }

private:
    T& checked() {
        if (!ok()) std::abort();
        return *std::get_if<0>(&state_);
    }
    std::variant<T, Error> state_;
};

/// Done, or an Error.
template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : error_(std::move(error)), ok_(false) {}
    Result(ErrorKind kind, std::string message) : Result(Error{kind, std::move(message)}) {}
    bool ok() const { return ok_; }
    explicit operator bool() const { return ok_; }
    const Error& error() const { return error_; }
    ErrorKind kind() const { return error_.kind; }

private:
    Error error_;
    bool ok_ = true;
};

using Status = Result<void>;

}  // namespace tideline
