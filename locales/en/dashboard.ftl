dashboard-title = Today
dashboard-add-stay = New stay
dashboard-arrivals = Arrivals today
dashboard-arrivals-none = Nobody arrives today.
dashboard-departures = Departures today
dashboard-departures-none = Nobody leaves today.
dashboard-in-house = In house tonight
dashboard-turnovers = Turnovers today
dashboard-overdue = { $count } overdue
dashboard-from = From { $time }
dashboard-until = Until { $time }
dashboard-conflicts = Conflicts
dashboard-conflict-nights = { $count ->
    [one] { $count } night is held by another stay
   *[other] { $count } nights are held by other stays
}
dashboard-suspicious = Calendars that leave out too much
dashboard-suspicious-text = So much is missing at once that nothing was changed. Confirm or ignore it.
dashboard-stale = Calendars that are out of date
dashboard-stale-text = They could not be read for a while. New bookings and cancellations there are not known here.
dashboard-last-good = Last read { $at }
dashboard-never-good = Never read so far
dashboard-more = { $count ->
    [one] { $count } more
   *[other] { $count } more
}
dashboard-to-do = To do
dashboard-all-tasks = All tasks
dashboard-setup = Three steps to your calendar
dashboard-step-property = Add a property
dashboard-step-property-text = Its name, where it is, and when guests arrive and leave.
dashboard-step-property-do = Add a property
dashboard-step-calendar = Paste a calendar address
dashboard-step-calendar-text = Airbnb, Vrbo and Booking.com each give you a link that ends in .ics, usually under "Export calendar". Open your property and paste it there.
dashboard-step-calendar-do = Open your properties
dashboard-step-by-hand = Or enter a stay by hand
dashboard-step-see = See your calendar
dashboard-step-see-text = Stays appear within a minute, each with a turnover for its check-out. After that they are kept up to date by themselves.
dashboard-step-see-do = Open the calendar
dashboard-no-organization = You are in no organization
dashboard-no-organization-text = Ask a manager to add you to theirs.
dashboard-to-admin = Open the administration
