#include "web/pages/public/sent_forms.h"

namespace tideline::web::pages {
namespace {

vault::Receipt copy_of(const vault::Receipt& receipt) { return vault::Receipt::parse(receipt.digits()).value(); }

SentForms::Outcome copy_of(const SentForms::Outcome& outcome) {
    return {copy_of(outcome.receipt), outcome.files, outcome.quarantined};
}

}  // namespace

SentForms::SentForms(const Clock& clock) : clock_(clock), key_(vault::random_key()) {}

SentForms::Turn::~Turn() {
    if (forms_ == nullptr) return;
    const std::lock_guard lock(forms_->mutex_);
    const auto found = forms_->by_key_.find(key_);
    if (found != forms_->by_key_.end() && !found->second->outcome) forms_->forget(key_);
    forms_->changed_.notify_all();
}

void SentForms::Turn::sent(const vault::Receipt& receipt, std::size_t files, bool quarantined) {
    const std::lock_guard lock(forms_->mutex_);
    if (const auto found = forms_->by_key_.find(key_); found != forms_->by_key_.end())
        found->second->outcome.emplace(Outcome{copy_of(receipt), files, quarantined});
}

SentForms::Claim SentForms::claim(const ReportForm& form, std::chrono::milliseconds patience) {
    const vault::Key32 key = key_of(form);
    const auto until = std::chrono::steady_clock::now() + patience;
    std::unique_lock lock(mutex_);
    forget_old();
    for (;;) {
        const auto found = by_key_.find(key);
        if (found == by_key_.end()) {
            begin_turn(key);
            return {Turn(this, key), std::nullopt};
        }
        if (found->second->outcome) return {std::nullopt, copy_of(*found->second->outcome)};
        if (changed_.wait_until(lock, until) == std::cv_status::timeout) return {};
    }
}

SentForms::Turn SentForms::claim_anew(const ReportForm& form) {
    const vault::Key32 key = key_of(form);
    const std::lock_guard lock(mutex_);
    forget(key);
    begin_turn(key);
    return Turn(this, key);
}

// The words count too: a form that was changed after it was sent is another report.
vault::Key32 SentForms::key_of(const ReportForm& form) const {
    return vault::keyed_hash(key_, "sent form", form.pack(0).expose());
}

void SentForms::begin_turn(const vault::Key32& key) {
    by_age_.push_back({key, clock_.now(), std::nullopt});
    by_key_.emplace(key, std::prev(by_age_.end()));
}

void SentForms::forget(const vault::Key32& key) {
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) return;
    by_age_.erase(found->second);
    by_key_.erase(found);
}

void SentForms::forget_old() {
    for (auto entry = by_age_.begin(); entry != by_age_.end();) {
        const bool old = clock_.now() - entry->since > age_ms_max || by_age_.size() > forms_max;
        if (!old) return;
        // One that is on its way is forgotten by its turn.
        if (!entry->outcome) {
            ++entry;
            continue;
        }
        by_key_.erase(entry->key);
        entry = by_age_.erase(entry);
    }
}

}  // namespace tideline::web::pages
