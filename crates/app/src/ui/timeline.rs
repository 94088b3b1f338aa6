//! What the timeline's script has to say, in the viewer's language.

use serde_json::json;

use super::Page;

const CHANNELS: [&str; 6] = ["airbnb", "vrbo", "booking_com", "direct", "other", "blocked"];
const STAYS: [&str; 7] = ["inquiry", "hold", "pending", "confirmed", "checked_in", "checked_out", "no_show"];
const TASKS: [&str; 7] = ["pending", "offered", "accepted", "in_progress", "submitted", "completed", "rejected"];

impl Page {
    /// The texts of the timeline as JSON; their shape is `TimelineTexts` in `web/src/islands/timeline/contract.ts`.
    #[must_use]
    pub fn timeline_texts(&self) -> String {
        let texts = |family: &str, cases: &[&str]| -> serde_json::Map<_, _> {
            cases.iter().map(|case| ((*case).to_owned(), self.t_of(family, case).into())).collect()
        };
        let channels: serde_json::Map<_, _> = CHANNELS
            .iter()
            .map(|channel| {
                let badge = self.channel(channel);
                ((*channel).to_owned(), json!({ "text": badge.text, "icon": badge.icon }))
            })
            .collect();
        json!({
            "channels": channels,
            "stay_status": texts("stay-status", &STAYS),
            "task_status": texts("task-status", &TASKS),
            "conflict": self.t("timeline-conflict"),
            "needs_review": self.t("timeline-needs-review"),
            "turnover": self.t("timeline-turnover"),
            "same_day": self.t("ui-same-day"),
            "loading": self.t("timeline-loading"),
            "failed": self.t("timeline-failed"),
            "no_city": self.t("timeline-no-city"),
            "taken": self.t("timeline-taken"),
            "night": self.tn("stays-nights", 1),
            "nights": self.tn("stays-nights", 2),
        })
        .to_string()
    }
}
