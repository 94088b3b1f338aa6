availability-title = Availability
availability-text = When nights can be booked. Seasons and dates come before the rules of a property, and those before the rules of all properties.
availability-rules-shared = Rules of all properties
availability-rules-shared-text = They hold wherever a property, a season or dates say nothing else.
availability-rules-now = Rules today
availability-rules-now-text = What holds for somebody who arrives today, and where it is said.
availability-seasons = Seasons
availability-seasons-text = A named part of the year with rules of its own. The higher priority wins, then the shorter season.
availability-no-seasons = No seasons.
availability-add-season = Add season
availability-dates = Dates
availability-dates-text = Single days or a few, with rules of their own. They come before everything else.
availability-no-dates = No dates.
availability-add-dates = Add dates
availability-edit = Edit
availability-edit-rules = Edit rules
availability-edit-organization = Rules of all properties
availability-edit-property = Rules of { $name }
availability-edit-season = Season
availability-edit-date = Dates
availability-save = Save
availability-remove = Remove
availability-remove-name = Remove { $name }
availability-remove-question = Remove these rules?
availability-remove-text = “{ $name }” no longer applies. Stays that are booked stay as they are.
availability-flash-saved = The rules are saved.
availability-flash-removed = The rules are removed.
availability-source = From: { $where }
availability-source-organization = All properties
availability-source-property = This property
availability-yearly-since = every year since { $year }
availability-priority-is = Priority { $priority }
availability-not-restricted = Not restricted
availability-otherwise = Otherwise: { $rules }
availability-contradicts = These rules leave nothing to book
availability-contradiction-no-arrival = Nobody can arrive on any day of the week.
availability-contradiction-no-length = No stay of an allowed length goes from a day of arrival to a day of departure.
availability-contradiction-notice-beyond-window = People must book earlier than they may.
availability-group-length = Length of stays
availability-group-days = Arrival and departure
availability-group-notice = Notice
availability-group-window = Booking window
availability-group-turnover = Between two stays
availability-say-length = Set the length of stays
availability-say-days = Set days of arrival and departure
availability-say-notice = Set a notice
availability-say-window = Set a booking window
availability-say-turnover = Set what lies between two stays
availability-says-min = { $count ->
    [one] At least { $count } night
   *[other] At least { $count } nights
}
availability-says-max = { $count ->
    [one] At most { $count } night
   *[other] At most { $count } nights
}
availability-says-through = For every stay that has a night in this time
availability-says-keep-gaps = No gap that is too short to book
availability-says-gap-min = { $count ->
    [one] In a short gap { $count } night is enough
   *[other] In a short gap { $count } nights are enough
}
availability-says-no-arrival = No arrival: { $days }
availability-says-no-departure = No departure: { $days }
availability-says-notice = { $count ->
    [one] Book at least { $count } day ahead
   *[other] Book at least { $count } days ahead
}
availability-says-until = From { $time } on a day counts as over
availability-says-window = { $count ->
    [one] Arrive within { $count } day from today
   *[other] Arrive within { $count } days from today
}
availability-says-preparation = { $count ->
    [one] { $count } night stays free between two stays
   *[other] { $count } nights stay free between two stays
}
availability-says-cleaning-warn = Cleaning takes { $minutes } minutes; a warning when it does not fit on one day
availability-says-cleaning-night = Cleaning takes { $minutes } minutes; a night stays free when it does not fit on one day
availability-open-length = Stays of any length
availability-open-days = Arrival and departure on any day
availability-open-notice = Bookable until arrival
availability-open-window = Bookable as far ahead as people like
availability-open-turnover = Nothing between two stays
availability-name = Name
availability-name-dates = What for
availability-where = Where
availability-first-day = First day
availability-last-day = Last day
availability-last-day-hint = It is part of it.
availability-yearly = Every year
availability-yearly-hint = On the same days of the year, from then on.
availability-priority = Priority
availability-priority-hint = 0 to 100. The higher wins where seasons overlap.
availability-nights = nights
availability-days-unit = days
availability-minutes = minutes
availability-min = At least
availability-max = At most
availability-max-hint = Empty: any number.
availability-through = For every stay that has a night in this time
availability-through-hint = Otherwise only for those that arrive in it.
availability-keep-gaps = No gap that is too short to book
availability-keep-gaps-hint = A stay either touches the next one, or leaves room for another.
availability-gap-min = In a short gap at least
availability-gap-min-hint = Between two stays that are closer than the shortest stay. Empty: no exception.
availability-no-arrival = Nobody arrives on
availability-no-departure = Nobody leaves on
availability-notice-days = Days ahead
availability-notice-days-hint = 0: until the day of arrival.
availability-notice-until = Until
availability-notice-until-hint = From this time on, at the property, a day counts as over. Empty: the whole day.
availability-window-days = Last arrival within
availability-window-days-hint = Counted from today; the departure may be later. Empty: as far ahead as people like.
availability-preparation = Keep free
availability-preparation-hint = Once between two stays.
availability-cleaning = A cleaning takes
availability-cleaning-hint = Whether it fits between check-out and check-in on one day. Empty: not looked at.
availability-tight = When it does not fit
availability-tight-warn = Warn
availability-tight-night = Keep a night free
availability-ask = Is it free?
availability-ask-do = Look
availability-unit = What
availability-whole = The whole property
availability-free = Free
availability-not-free = Not free
availability-next = Next free:
availability-next-none = Nothing is free within a year.
availability-days = This month and the next
availability-day-free = free
availability-day-arrival-closed = free, no arrival
availability-day-notice = free, too late to book
availability-day-window = free, too early to book
availability-day-preparation = kept free
availability-day-past = past
availability-day-taken = taken
availability-day-no-departure = no departure
availability-legend = What the days mean
availability-legend-free = Free
availability-legend-arrival-closed = No arrival
availability-legend-notice = Not now
availability-legend-preparation = Kept free
availability-legend-taken = Taken
availability-reason-taken = { $who } has the nights of { $dates }: { $nights } in common, from { $date } on.
availability-reason-past = The arrival is over.
availability-reason-notice = It is too late to book this arrival. The first that can be booked is { $date }.
availability-reason-window = It is too early to book this arrival. The last that can be booked is { $date }.
availability-reason-arrival = Nobody arrives on { $date }.
availability-reason-departure = Nobody leaves on { $date }.
availability-reason-min = At least { $nights }, as { $date } asks.
availability-reason-max = At most { $nights }, as { $date } asks.
availability-reason-preparation = { $nights } must stay free next to { $who } ({ $dates }).
availability-reason-gap = { $nights } would be left next to { $who } ({ $dates }), and nobody can book less than { $least }.
availability-reason-turnover = The cleaning between this stay and { $who } would be done at { $ready }, after check-in begins at { $arrival }.
weekday-monday = Monday
weekday-tuesday = Tuesday
weekday-wednesday = Wednesday
weekday-thursday = Thursday
weekday-friday = Friday
weekday-saturday = Saturday
weekday-sunday = Sunday
weekday-short-monday = Mo
weekday-short-tuesday = Tu
weekday-short-wednesday = We
weekday-short-thursday = Th
weekday-short-friday = Fr
weekday-short-saturday = Sa
weekday-short-sunday = Su
