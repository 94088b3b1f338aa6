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
feeds-decision-reissue =
    { $count ->
        [one] Reissue of { $uid }: the channel gave the stay a new id. One night in common; { $from } is now { $to }.
       *[other] Reissue of { $uid }: the channel gave the stay a new id. { $count } nights in common; { $from } is now { $to }.
    }
feeds-decision-dates-by-person = Kept because a person set its dates. The channel says { $listed }.
feeds-decision-arrival-kept = Kept its arrival because the stay has begun. The channel now says { $listed }.
feeds-decision-listed-again = Came back: it had been cancelled because it was missing, and is listed again.
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
