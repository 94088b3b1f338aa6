feeds-class-reservation = reservation
feeds-class-block = block
feeds-class-tentative = not agreed yet
feeds-class-unsure = reservation or closure

feeds-decision-new-reservation = New reservation.
feeds-decision-new-block = New block: nobody can book, and there is no turnover.
feeds-decision-new-tentative = New reservation that is not agreed yet: pending, without a turnover.
feeds-decision-new-unsure = New: the channel does not say whether guests stay or it is closed. Taken as a reservation; please review it.
feeds-decision-new-long = New: the channel does not say whether guests stay or it is closed. Longer than 30 nights, so it is a block.
feeds-decision-unchanged = Kept because it is listed as before.
feeds-decision-back-in-time = Kept because it is listed again. It was missing once.
feeds-decision-moved = Moved from { $from } to { $to } as the channel did.
feeds-decision-reclassified = The channel changed it from “{ $from }” to “{ $to }”.
feeds-decision-details = Kept; the channel changed its description.
feeds-decision-reissue-same = Reissue of { $uid }: the channel gave the stay a new id. Its dates are as before.
feeds-decision-reissue =
    { $count ->
        [0] Reissue of { $uid }: the reservation code says that it is the same stay. { $from } is now { $to }.
        [one] Reissue of { $uid }: the channel gave the stay a new id. One night in common; { $from } is now { $to }.
       *[other] Reissue of { $uid }: the channel gave the stay a new id. { $count } nights in common; { $from } is now { $to }.
    }
feeds-decision-dates-by-person = Kept because a person set its dates. The channel says { $listed }.
feeds-decision-arrival-kept = Kept its arrival because the stay has begun. The channel now says { $listed }.
feeds-decision-listed-again = Came back: a sync had cancelled it, and it is listed again.
feeds-decision-ended-by-person = Left ended because a person ended it.
feeds-decision-status-by-person = Kept because a person said that it takes place. The channel does not list it.
feeds-decision-missing-once = Kept because it is missing for the first time. Missing once more, it will be cancelled.
feeds-decision-missing-twice = Cancelled: missing in 2 good fetches.
feeds-decision-confirmed-gone = Cancelled because a manager confirmed that it is gone.
feeds-decision-cancelled-by-channel = Cancelled because the channel lists it as cancelled.
feeds-decision-begun = Kept because it has begun, though it is no longer listed.
feeds-decision-begun-cancelled = Kept because it has begun, though the channel lists it as cancelled. Please look at it.
feeds-decision-event-unreadable = Kept because its event is listed but cannot be read.
feeds-decision-over =
    { $count ->
        [one] One past stay is no longer listed, and kept.
       *[other] { $count } past stays are no longer listed, and kept.
    }
feeds-decision-own-event = Left out because it is our own, read back.
feeds-decision-reflection = Left out because it only reflects our own calendar: the channel was told that { $of } is taken, and has read it since.
feeds-decision-reminder = Left out because it is a reminder of a check-in or check-out, not a stay.
feeds-decision-cancelled-unknown = Left out because it is listed as cancelled.
feeds-decision-duplicate = Left out because the same event is listed twice.
feeds-decision-older-revision = Left out because a later or longer version of the same event is listed.
feeds-decision-no-dates = Left out because its dates are missing or cannot be read.
feeds-decision-no-night = Left out because it ends on the day it begins, so there is no night.
feeds-decision-end-before-start = Left out because it ends before it begins.
feeds-decision-repeats-too-fast = Left out because it repeats within a day.
feeds-decision-repeat-unreadable = Left out because the rule by which it repeats makes no sense.
feeds-decision-too-many-repeats = Left out because the feed has too many repeating events.
feeds-decision-clipped = Cut to 1,100 nights. The event ends only on { $until }.
feeds-decision-outside-window =
    { $count ->
        [one] One event was left out: over for more than a year, or more than three years ahead.
       *[other] { $count } events were left out: over for more than a year, or more than three years ahead.
    }
feeds-decision-not-fetched = Kept: not listed in this answer, but a kept answer that is applied again takes nothing away.
feeds-decision-suspicious = Kept. It would be gone, but too much is missing at once: please confirm or ignore.
feeds-decision-not-applied =
    { $count ->
        [one] One listed stay was not looked at until the missing ones are confirmed or ignored.
       *[other] { $count } listed stays were not looked at until the missing ones are confirmed or ignored.
    }

feeds-section = Calendars
feeds-add = Add a calendar
feeds-add-text = Paste the iCal address that Airbnb, Vrbo or Booking.com gives you. Its stays appear within a minute, and then stay up to date.
feeds-edit = Edit calendar
feeds-save = Save changes
feeds-subtitle = Imported calendar
feeds-none = No calendar imported yet
feeds-none-text = Paste the iCal address of each channel where you let this place. Their stays then appear in your calendar by themselves, each with its turnover.
feeds-name = Name
feeds-name-hint = To tell it apart, such as “Airbnb, upstairs”.
feeds-channel = Channel
feeds-channel-guess = As the address or the calendar says
feeds-channel-hint = Decides how its events are read. It cannot be changed later.
feeds-unit = For
feeds-whole-property = The whole property
feeds-address = Address
feeds-address-hint = Begins with https:// or webcal:// and usually ends in .ics.
feeds-address-now = Address now
feeds-address-secret = Whoever knows the whole address can read the calendar, so it is hidden.
feeds-address-show = Show the address
feeds-address-new = Another address
feeds-address-new-hint = Leave this empty to keep the address. With another one the calendar keeps its stays.
feeds-odd = For unusual calendars
feeds-default-kind = Events without a clear meaning are
feeds-default-kind-hint = Only for calendars of other systems.
feeds-kind-reservation = Reservations, to be reviewed
feeds-kind-block = Blocked nights
feeds-end-meaning = Events end on
feeds-end-meaning-hint = Change it only when every stay is a night too short.
feeds-end-check-out = The day of departure
feeds-end-last-night = The last night
feeds-where = Where to find the address
feeds-where-airbnb = Calendar, Availability, Connect calendars, then copy the link for other calendars.
feeds-where-vrbo = Calendar, Import & export, Export calendar.
feeds-where-booking-com = Extranet, Rates & availability, Sync calendars, Export.
feeds-where-other = Any iCal address that can be read without signing in, such as the secret address of a Google calendar.
feeds-state = State
feeds-state-new = Not fetched yet
feeds-state-good = Up to date
feeds-state-failing = Last fetch failed
feeds-state-stale = Out of date
feeds-state-suspicious = Needs a decision
feeds-state-paused = At rest
feeds-section-state = How it is doing
feeds-section-sync = What happened
feeds-last-good = Last good fetch
feeds-next = Next fetch
feeds-next-never = Not while the property is archived
feeds-never = Never yet
feeds-sync-now = Sync now
feeds-syncing = Fetching the calendar…
feeds-held = Please look at this
feeds-held-text = The calendar suddenly leaves out so much that it may be a mistake of the channel. Nothing was changed.
feeds-held-ignored = You said to ignore that the calendar leaves these out. It changes nothing for as long as it says the same.
feeds-held-gone =
    { $count ->
        [one] This stay is gone:
       *[other] These { $count } stays are gone:
    }
feeds-confirm = They are gone: cancel them
feeds-ignore = Ignore and keep them
feeds-decisions = Decisions
feeds-last-decisions = What the last sync decided
feeds-nights = Nights
feeds-decision = Decision
feeds-event = The channel's words
feeds-reason = Reason
feeds-whole-answer = The calendar
feeds-warnings = What could not be read
feeds-syncs = Syncs
feeds-no-syncs = Nothing fetched yet
feeds-no-syncs-text = Each time the calendar is fetched, you see here what was decided and why.
feeds-when = When
feeds-outcome = Result
feeds-did = What it did
feeds-events = Events
feeds-cause = Why
feeds-cause-schedule = On schedule
feeds-cause-person = Asked for
feeds-cause-replay = Applied again
feeds-cause-confirm = Confirmed
feeds-sync-title = Sync { $number }
feeds-sync-good = Good
feeds-sync-not-modified = Nothing new
feeds-sync-suspicious = Needs a decision
feeds-sync-refused = Not a complete calendar
feeds-sync-failed = Failed
feeds-outcome-created = New
feeds-outcome-updated = Changed
feeds-outcome-reissued = Same stay, new id
feeds-outcome-revived = Came back
feeds-outcome-kept = Kept
feeds-outcome-missing = Missing once
feeds-outcome-cancelled = Cancelled
feeds-outcome-removed = Removed
feeds-outcome-ignored = Left out
feeds-outcome-noted = To know
feeds-outcome-held = On hold
feeds-count-created =
    { $count ->
        [one] 1 new
       *[other] { $count } new
    }
feeds-count-changed =
    { $count ->
        [one] 1 changed
       *[other] { $count } changed
    }
feeds-count-missing =
    { $count ->
        [one] 1 missing
       *[other] { $count } missing
    }
feeds-count-cancelled =
    { $count ->
        [one] 1 cancelled
       *[other] { $count } cancelled
    }
feeds-count-left-out =
    { $count ->
        [one] 1 left out
       *[other] { $count } left out
    }
feeds-count-nothing = Nothing changed
feeds-more-lines =
    { $count ->
        [one] One more line was not kept.
       *[other] { $count } more lines were not kept.
    }
feeds-download = Download the answer
feeds-replay = Replay
feeds-replayed = This is what the answer would decide today. Nothing was written.
feeds-replayed-text = Later answers have been applied since.
feeds-replayed-last = It is the last complete answer. You may apply it again, for example after changing how the calendar is read.
feeds-apply = Apply it again
feeds-remove = Remove
feeds-remove-question = Remove this calendar?
feeds-remove-text = It is no longer fetched, and its syncs are deleted. Stays that have begun are kept in any case.
feeds-future-stays = Its future stays
feeds-future-stays-keep = Keep them
feeds-future-stays-cancel = Cancel them
feeds-flash-added = The calendar was added and is being fetched.
feeds-flash-saved = Your changes are saved.
feeds-flash-removed = The calendar was removed.
feeds-flash-confirmed = Done: what is gone was cancelled.
feeds-flash-ignored = Ignored. Nothing was changed.
feeds-flash-applied = The answer was applied again.
feeds-flash-changed = The calendar says something else by now. Please look again.
feeds-warning-of = { $text }: { $name } (line { $line })
feeds-warning-at = { $text } (line { $line })
feeds-warning-bad-property = A value that cannot be read
feeds-warning-long-line = A line that is too long
feeds-warning-unknown-zone = An unknown time zone, read as the property's
feeds-warning-text-after-end = Text after the end of the calendar
feeds-problem-with-status = The site answered with status { $status }.
feeds-problem-status = The site answered with an error.
feeds-problem-unreachable = The site cannot be reached.
feeds-problem-too-slow = The answer took too long.
feeds-problem-too-large = The answer is larger than a calendar may be.
feeds-problem-incomplete = The answer was cut off.
feeds-problem-too-many-redirects = The address leads in circles.
feeds-problem-not-a-calendar = The answer is not a calendar. Does the address still work in a browser?
feeds-problem-truncated = The calendar stopped early, so nothing was changed.
feeds-problem-too-many-events = The calendar has too many events.
feeds-problem-too-deep = The calendar is built in a way that cannot be read.
feeds-problem-address-malformed = The address leads to one that is not valid.
feeds-problem-address-too-long = The address leads to one that is too long.
feeds-problem-address-not-https = The address leads to one that does not begin with https://.
feeds-problem-address-port = The address leads to another port.
feeds-problem-address-credentials = The address leads to one with a user name or password in it.
feeds-problem-address-not-public = The address leads to a place that is not on the public internet.
feeds-problem-address-unreadable = The stored address cannot be opened. Please enter it again.
