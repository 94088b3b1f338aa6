stays-title = Stays
stays-add = Add reservation
stays-book = Book
stays-block-nights = Block nights
stays-save = Save changes
stays-edit = Edit
stays-edit-title = Edit: { $who }
stays-filter = Which stays
stays-tab-upcoming = Upcoming
stays-tab-in-house = In house
stays-tab-past = Past
stays-tab-cancelled = Cancelled
stays-tab-conflicts = Conflicts
stays-tab-review = To review
stays-tab-all = All
stays-show = Show
stays-property = Property
stays-all-properties = All properties
stays-who = Guest
stays-where = Where
stays-dates = Dates
stays-channel = Channel
stays-status = Status
stays-nights = { $count ->
    [one] { $count } night
   *[other] { $count } nights
}
stays-none = No stays here
stays-none-text = Stays come from the calendars you connect, or you enter them yourself.
stays-no-more = No more stays
stays-no-more-text = You have reached the end of the list.
stays-no-conflicts = No conflicts
stays-no-conflicts-text = No two stays want the same night.
stays-no-reviews = Nothing to review
stays-no-reviews-text = Every imported event is known to be a stay or a block.
stays-to-review = To review
stays-guest-unnamed = Guest without a name
stays-guest-of = { $channel } guest
stays-other = { $who }, { $channel }, { $dates }: { $nights } in common.
stays-kind = What is it?
stays-kind-reservation = Reservation
stays-kind-block = Block
stays-unit = Property
stays-choose = Choose
stays-check-in = Check-in
stays-check-out = Check-out
stays-check-out-hint = The day they leave. It is free for the next guests.
stays-block-kind = Why
stays-guest = Guest
stays-guest-name = Name
stays-guest-email = E-mail
stays-guest-phone = Phone
stays-guests = Guests
stays-adults = Adults
stays-children = Children
stays-infants = Infants
stays-pets = Pets
stays-count-adults = { $count ->
    [one] { $count } adult
   *[other] { $count } adults
}
stays-count-children = { $count ->
    [one] { $count } child
   *[other] { $count } children
}
stays-count-infants = { $count ->
    [one] { $count } infant
   *[other] { $count } infants
}
stays-count-pets = { $count ->
    [one] { $count } pet
   *[other] { $count } pets
}
stays-count-unknown = Not known
stays-over-capacity = Book anyway
stays-over-capacity-hint = There are more guests than the property takes.
stays-against-rules = Book anyway
stays-against-rules-hint = The rules of the property will be broken for this stay.
stays-against-rules-title = This goes against the rules
stays-sale = Sale
stays-amount = Amount
stays-amount-hint = For the whole stay. It is spread over the nights.
stays-notes = Notes
stays-taken = These nights are taken
stays-open-other = Open the other stay
stays-stale = Somebody changed this stay meanwhile
stays-stale-text = Nothing was saved. Load it again to see what it is like now.
stays-reload = Load again
stays-section-facts = Facts
stays-section-nights = Nights
stays-section-history = History
stays-night = Night
stays-price = Price
stays-source = Source
stays-source-feed = Imported from a calendar
stays-source-hand = Entered by hand
stays-dates-decided = The dates were changed by hand; the calendar no longer moves them.
stays-kind-decided = What it is was said by hand; the calendar no longer changes it.
stays-conflict = Another stay has some of these nights
stays-conflict-text = Move or cancel one of the two. As soon as the nights are free, this stay gets them.
stays-wanted = Another stay wants some of these nights
stays-review = Is this a stay?
stays-review-text = The channel writes the same words for a reservation and for closed nights. Say what it is, below.
stays-what-is-it = What is it?
stays-decide-reservation = It is a reservation
stays-decide-block = It is a block
stays-decide-dismiss = Neither: free the nights
stays-step-check-in = Check in
stays-step-check-out = Check out
stays-no-show = No-show
stays-cancel = Cancel stay
stays-reinstate = Bring back
stays-ask-cancel = Cancel this stay?
stays-ask-check-out = Check out early?
stays-ask-no-show = Did nobody come?
stays-cancel-yes = Yes, cancel it
stays-no-show-yes = Yes, nobody came
stays-cancel-text = Its nights become free. You can bring the stay back for as long as nobody else takes them.
stays-check-out-early-text = If they leave before the day of check-out, the stay becomes shorter and the remaining nights are free.
stays-no-show-text = The first night stays taken, the others become free.
stays-free-first-night = Free the first night too
stays-flash-booked = The stay is booked.
stays-flash-blocked = The nights are blocked.
stays-flash-saved = The changes are saved.
stays-flash-cancelled = The stay is cancelled.
stays-flash-checked-in = The guests are checked in.
stays-flash-checked-out = The guests are checked out.
stays-flash-no-show = It is noted that nobody came.
stays-flash-reinstated = The stay is back.
stays-flash-decided = Thank you. Later syncs leave this as you said.
stays-flash-taken = The night of { $date } belongs to another stay: { $who }. Nothing was changed.
stays-flash-stale = Somebody changed this stay meanwhile. Look at it again.
stays-flash-not-now = This is not possible now. Status: { $status }.
stays-action-book = Booked
stays-action-change = Changed
stays-action-cancel = Cancelled
stays-action-check-in = Checked in
stays-action-check-out = Checked out
stays-action-no-show = No-show
stays-action-reinstate = Brought back
stays-action-review = Reviewed
stays-action-convert = Turned
stays-action-ask = Channel asked
stays-action-import = Imported
stays-action-remove = Removed
stays-field-unit-id = property
stays-field-block-kind = reason
stays-field-channel = channel
stays-field-check-in = check-in
stays-field-check-out = check-out
stays-field-guest-name = name
stays-field-guest-email = e-mail
stays-field-guest-phone = phone
stays-field-guests = guests
stays-field-amount = amount
stays-field-notes = notes
stays-field-kind = kind
stays-field-status = status
stays-field-needs-review = review
stays-field-against-rules = against the rules
stays-by-feed-sync = Calendar sync
stays-by-registration = Registration
stays-by-demo = Demo data
stays-by-operator = Operator
stays-by-notification = Notification
block-kind-owner-stay = Owner stay
block-kind-maintenance = Maintenance
block-kind-other = Blocked
stays-search = Guest, reservation code or a word of the notes
stays-search-button = Search
stays-filters = Filters
stays-filters-set =
    { $count ->
        [one] Filters ({ $count } set)
       *[other] Filters ({ $count } set)
    }
stays-filters-clear = Show all again
stays-filter-kind = Kind
stays-all-channels = All channels
stays-all-kinds = Reservations and blocks
stays-from = From
stays-until = Until
stays-nothing-found = Nothing found
stays-nothing-found-text = No stay of this part of the list fits the search and the filters.
stays-unit-name = Unit
stays-nights-heading = Nights
stays-currency = Currency
stays-file = Save this list as a file
stays-reservation-code = Reservation code
stays-reservation-code-hint = The number that the channel gave it, such as HMABC12345.
stays-field-reservation-code = reservation code
stays-sold-twice = Nights were sold twice
stays-sold-twice-text = Each of these stays waits for a night that another has.
stays-to-conflicts = Solve the conflicts
stays-move = Move
stays-move-title = Move: { $who }
stays-move-preview = What changes
stays-move-same = (unchanged)
stays-move-difference = Difference
stays-move-won =
    { $count ->
        [one] { $count } night more
       *[other] { $count } nights more
    }
stays-move-lost =
    { $count ->
        [one] { $count } night becomes free
       *[other] { $count } nights become free
    }
stays-move-turnover = Turnover
stays-move-check-amount = (stays the same: check whether it still fits)
stays-move-imported = The channel will not know of it
stays-move-imported-text = This stay came from a calendar. A sync will not undo the change; change it at the channel as well.
stays-move-follows = Later syncs may move this stay again, as before.
stays-move-capacity =
    { $count ->
        [one] The property takes { $count } guest.
       *[other] The property takes { $count } guests.
    }
stays-move-do = Move it
stays-move-anyway = Move it anyway
stays-move-look = See what changes
stays-move-not-now = This stay cannot go there
stays-move-not-now-text = It is over, or its guests are there already: then only the departure can change. Split the stay to move them.
stays-flash-moved = Moved: { $dates }, { $place }.
stays-undo = Undo
stays-split = Split
stays-split-title = Split: { $who }
stays-split-at = The second part begins on
stays-split-unit = The second part is at
stays-split-preview = Two stays instead of one
stays-split-first = First part
stays-split-second = Second part
stays-split-text = Both keep the guests, the channel and the notes. Each night keeps its price, and each part gets its own turnover.
stays-split-imported-text = The first part stays connected to its calendar. If the channel cancels, cancel the second part by hand.
stays-split-do = Split it
stays-flash-split = Two stays now; the second begins on { $date }.
stays-join-title = Join the two parts again?
stays-join-text = One stay again, { $dates }. The second part is cancelled.
stays-join-do = Join them
stays-flash-joined = The two parts are one stay again.
stays-action-split = Split
stays-action-join = Joined
stays-field-guest-id = guest
stays-field-companions = who comes along
stays-source-feed-of = Calendar: { $name }
stays-cancelled-because = The calendar called this stay off
stays-open-sync = Open the sync
stays-turnover = Turnover
stays-section-others = Other stays of this guest
stays-more-others = { $count ->
    [one] { $count } more stay
   *[other] { $count } more stays
}
stays-section-decisions = What the calendar said
stays-move-against-rules = Your rules say otherwise
