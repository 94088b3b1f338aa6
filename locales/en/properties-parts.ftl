properties-position = Position on a map
properties-position-hint = Latitude and longitude such as 36.5298, -6.2924, or a link copied from a map.
properties-on-map = Show on a map
properties-area = Area
properties-area-unit = Unit
area-unit-m2 = m²
area-unit-ft2 = sq ft
properties-notes = Notes
properties-notes-hint = Only those who may change the property read them.
properties-rooms = { $count ->
    [one] One room
   *[other] { $count } rooms
}
properties-parts = Parts to edit
properties-part-what = What it is
properties-part-where = Where it is
properties-part-size = Size
properties-part-times = Arrival and departure
properties-part-notes = Notes
properties-setup-steps = Steps
properties-setup-start = What and where
properties-setup-size = Size
properties-setup-rooms = Rooms and beds
properties-setup-times = Times and rules
properties-setup-done = Done
properties-setup-next = Continue
properties-setup-back = Back
properties-setup-later = Finish later
properties-setup-is-there = { $name } is ready
properties-setup-is-there-text = Everything can be changed on its page.
properties-setup-what-next = What next
properties-setup-add-calendar = Add the calendar of a channel
properties-setup-open = Open the property
