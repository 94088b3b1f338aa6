//! Bars of a chart, as the positions that its drawing needs. They are percentages of the drawing, so that it fits every width while its
//! texts keep their size. Everything that a chart shows is also in a table beside it.

/// A chart with one bar a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chart {
    /// What it shows, in words.
    pub(super) summary: String,
    /// The texts of the lines at the top, in the middle and at the bottom.
    pub(super) scale: [String; 3],
    /// The bars, from left to right.
    pub(super) bars: Vec<Bar>,
    /// Some of the steps' names, below their bars.
    pub(super) labels: Vec<Label>,
}

/// A step's bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bar {
    /// The step's name and figures.
    pub(super) title: String,
    /// Its left edge.
    pub(super) x: String,
    /// Its width.
    pub(super) width: String,
    /// Its parts, from the bottom up.
    pub(super) parts: Vec<Part>,
}

/// A part of a bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// How it looks.
    pub(super) class: &'static str,
    /// Its upper edge.
    pub(super) y: String,
    /// Its height.
    pub(super) height: String,
}

/// A step's name below its bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    /// The middle of the bar.
    pub(super) x: String,
    /// The name.
    pub(super) text: String,
}

/// What a bar is drawn from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Value {
    /// The step's short name.
    pub(super) label: String,
    /// Its name and figures.
    pub(super) title: String,
    /// The parts from the bottom up, with their classes.
    pub(super) parts: Vec<(&'static str, i64)>,
    /// What a bar of full height stands for.
    pub(super) full: i64,
}

/// The most names that a phone has room for.
const MOST_LABELS: usize = 5;

/// Hundredths of a percent as an attribute says them.
fn percent(part: i64, whole: i64) -> String {
    let hundredths = i128::from(part.max(0)) * 10_000 / i128::from(whole.max(1));
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

impl Chart {
    /// The chart of these values.
    pub(super) fn of(summary: String, scale: [String; 3], values: Vec<Value>) -> Self {
        let count = i64::try_from(values.len()).unwrap_or(i64::MAX);
        let every = values.len().div_ceil(MOST_LABELS).max(1);
        let mut chart = Self { summary, scale, bars: Vec::with_capacity(values.len()), labels: Vec::new() };
        for (place, (at, value)) in (0_i64..).zip(values.into_iter().enumerate()) {
            // A bar takes eight tenths of its place, one is left free on each side.
            chart.bars.push(Bar {
                title: value.title,
                x: percent(10 * place + 1, 10 * count),
                width: percent(8, 10 * count),
                parts: parts(&value.parts, value.full),
            });
            if at.is_multiple_of(every) {
                chart.labels.push(Label { x: percent(2 * place + 1, 2 * count), text: value.label });
            }
        }
        chart
    }
}

fn parts(values: &[(&'static str, i64)], full: i64) -> Vec<Part> {
    let mut below = 0;
    let mut parts = Vec::new();
    for (class, value) in values.iter().filter(|(_, value)| *value > 0 && full > 0) {
        below += value;
        parts.push(Part { class, y: percent(full - below, full), height: percent(*value, full) });
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_stand_on_the_bottom_and_stack_up() {
        let value = |label: &str, guest, held, full| Value {
            label: label.to_owned(),
            title: String::new(),
            parts: vec![("guest", guest), ("held", held)],
            full,
        };
        let values = vec![value("a", 3, 1, 8), value("b", 0, 0, 0)];
        let chart = Chart::of(String::new(), Default::default(), values);
        assert_eq!((chart.bars[0].x.as_str(), chart.bars[0].width.as_str()), ("5.00%", "40.00%"));
        let edges: Vec<(&str, &str)> =
            chart.bars[0].parts.iter().map(|part| (part.y.as_str(), part.height.as_str())).collect();
        assert_eq!(edges, [("62.50%", "37.50%"), ("50.00%", "12.50%")]);
        assert!(chart.bars[1].parts.is_empty());
        assert_eq!(chart.labels.iter().map(|label| label.x.as_str()).collect::<Vec<_>>(), ["25.00%", "75.00%"]);
    }

    #[test]
    fn a_phone_has_room_for_the_names() {
        for count in [1, 5, 6, 12, 31, 36, 62] {
            let value = Value { label: "x".into(), title: String::new(), parts: vec![], full: 1 };
            let chart = Chart::of(String::new(), Default::default(), vec![value; count]);
            assert_eq!(chart.bars.len(), count);
            assert!((1..=MOST_LABELS).contains(&chart.labels.len()));
        }
    }
}
