/**
 * What `GET /calendar/window?from=YYYY-MM-DD&days=90&limit=60[&after=CURSOR]` answers: a page of rows, and everything of
 * theirs that touches the days `[from, from + days)`. `crates/app/src/calendar` makes it; change both together.
 *
 * - `q`, `city`, `show`, `from`..`until` and `group` narrow and group the rows; see `RowFilter` there. The page puts them into `data-url`.
 * - `days` is at most 120 and `limit` at most 60. Without `after` the rows begin with the first.
 * - Rows are in the order of the screen: by property name, then the whole unit before its parts. The order and the cursors do
 *   not depend on `from`, so that one page of rows can be asked for at different dates.
 * - Stays are the live ones (not cancelled, declined, expired; a no-show only while it keeps nights) with
 *   `check_in < from + days` and `check_out >= from`: one that ends on the first day still shows its half of it.
 * - Turnovers are those of the days that are not cancelled.
 */
export interface TimelineWindow {
  /** First day, as asked. */
  from: string;
  /** How many days, as asked. */
  days: number;
  /** Today in the organization's time zone. */
  today: string;
  rows: TimelineRow[];
  /** In any order. */
  stays: TimelineStay[];
  /** In any order. */
  turnovers: TimelineTurnover[];
  /** Where the next page of rows begins; null on the last. */
  next: string | null;
}

/** A unit. */
export interface TimelineRow {
  unit_id: string;
  property_id: string;
  property_name: string;
  /** null for the whole of a property. */
  unit_name: string | null;
  /** One of the 16 colour names. */
  colour: string;
  /** What the rows are grouped by, "" where it is not known; null when they are not. */
  group: string | null;
}

/** A stay of one of the rows. */
export interface TimelineStay {
  id: string;
  unit_id: string;
  kind: "reservation" | "block";
  /** `inquiry`, `hold`, `pending`, `confirmed`, `checked_in`, `checked_out` or `no_show`. */
  status: string;
  /** `airbnb`, `vrbo`, `booking_com`, `direct` or `other`. */
  channel: string;
  /** Who or what, as far as the viewer may know it. */
  label: string;
  /** First night, YYYY-MM-DD. */
  check_in: string;
  /** The day it ends; not a night of the stay. */
  check_out: string;
  /** Whether another stay holds some of its nights. */
  conflict: boolean;
  /** Whether a person has to look at it. */
  needs_review: boolean;
}

/** A turnover task. */
export interface TimelineTurnover {
  id: string;
  unit_id: string;
  /** The check-out day, YYYY-MM-DD. */
  date: string;
  /** Whether the next guests arrive on the same day. */
  same_day: boolean;
  /** The task's status: `pending`, `in_progress`, `completed`... */
  status: string;
}

/** Texts and icons that the page gives the timeline, as JSON in `data-texts`; see `Page::timeline_texts`. */
export interface TimelineTexts {
  channels: Record<string, { text: string; icon: string }>;
  stay_status: Record<string, string>;
  task_status: Record<string, string>;
  conflict: string;
  needs_review: string;
  turnover: string;
  same_day: string;
  loading: string;
  failed: string;
  no_city: string;
  taken: string;
  /** With a number in it, in whose place the count is put: one night, and several. */
  night: string;
  nights: string;
}
