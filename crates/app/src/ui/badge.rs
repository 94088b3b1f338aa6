//! Badges of the states that every list shows: a text, an icon and a colour that say the same.

use super::{Icon, Page, Tone};

/// How a state looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Badge {
    /// What it says.
    pub text: String,
    /// Its icon's name.
    pub icon: &'static str,
    /// Its colour.
    pub tone: Tone,
}

impl Page {
    /// The badge of a channel (`airbnb`, `vrbo`, `booking_com`, `direct`, `other`) or of a block (`blocked`).
    #[must_use]
    pub fn channel(&self, channel: &str) -> Badge {
        let icon = match channel {
            "airbnb" => Icon("house-heart"),
            "vrbo" => Icon("tree-palm"),
            "booking_com" => Icon("bed-double"),
            "direct" => Icon("handshake"),
            "blocked" => Icon("ban"),
            _ => Icon("calendar"),
        };
        self.badge("channel", channel, (Tone::Neutral, icon))
    }

    /// The badge of a stay's status.
    #[must_use]
    pub fn stay_status(&self, status: &str) -> Badge {
        let look = match status {
            "inquiry" => (Tone::Info, Icon("message-circle-question-mark")),
            "hold" => (Tone::Warning, Icon("hourglass")),
            "pending" => (Tone::Warning, Icon("clock")),
            "confirmed" => (Tone::Success, Icon("circle-check")),
            "checked_in" => (Tone::Primary, Icon("log-in")),
            "checked_out" => (Tone::Neutral, Icon("log-out")),
            "no_show" => (Tone::Error, Icon("user-x")),
            "expired" => (Tone::Neutral, Icon("timer-off")),
            _ => (Tone::Error, Icon("circle-x")),
        };
        self.badge("stay-status", status, look)
    }

    /// The badge of a task's status.
    #[must_use]
    pub fn task_status(&self, status: &str) -> Badge {
        let look = match status {
            "pending" => (Tone::Warning, Icon("circle-dashed")),
            "offered" => (Tone::Info, Icon("send")),
            "accepted" => (Tone::Info, Icon("hand")),
            "in_progress" => (Tone::Primary, Icon("circle-play")),
            "submitted" => (Tone::Info, Icon("eye")),
            "completed" => (Tone::Success, Icon("circle-check")),
            "rejected" => (Tone::Error, Icon("rotate-ccw")),
            _ => (Tone::Neutral, Icon("circle-x")),
        };
        self.badge("task-status", status, look)
    }

    /// The badge of a property's status.
    #[must_use]
    pub fn property_status(&self, status: &str) -> Badge {
        let look = match status {
            "active" => (Tone::Success, Icon("circle-check")),
            "maintenance" => (Tone::Warning, Icon("wrench")),
            "archived" => (Tone::Neutral, Icon("archive")),
            _ => (Tone::Neutral, Icon("pause")),
        };
        self.badge("property-status", status, look)
    }

    fn badge(&self, family: &str, case: &str, (tone, Icon(icon)): (Tone, Icon<'static>)) -> Badge {
        Badge { text: self.t_of(family, case), icon, tone }
    }
}
