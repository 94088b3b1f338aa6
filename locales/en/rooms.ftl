rooms-title = Rooms and beds
rooms-none = No rooms yet
rooms-none-text = Who sleeps where, and what there is in each room. Guests ask for it, and whoever makes the beds needs it.
rooms-add = Add room
rooms-add-usual = Begin with the usual rooms
rooms-edit = Edit room
rooms-edit-name = Edit { $name }
rooms-save = Save room
rooms-remove = Remove room
rooms-remove-question = Remove this room?
rooms-remove-text = Its beds and notes go with it. Stays are not touched.
rooms-flash-removed = The room was removed.
rooms-move-up = Move { $name } up
rooms-move-down = Move { $name } down
rooms-type = What it is
rooms-name = Name
rooms-name-hint = If it has one, such as “Blue room”.
rooms-beds = Beds
rooms-notes = Furniture and notes
rooms-notes-hint = Such as wardrobe, desk, sofa, or which floor it is on.
rooms-places = { $count ->
    [0] No beds yet
    [one] One place to sleep
   *[other] { $count } places to sleep
}
rooms-bedrooms-differ = { $count ->
    [0] There is no bedroom among these rooms.
    [one] One of these rooms is a bedroom.
   *[other] { $count } of these rooms are bedrooms.
}
rooms-bedrooms-said = { $count ->
    [0] The property says that it has none.
    [one] The property says that it has one.
   *[other] The property says that it has { $count }.
}
rooms-change-size = Change the number
rooms-too-few-places = { $count ->
    [one] The beds are for one guest.
   *[other] The beds are for { $count } guests.
}
rooms-capacity-said = { $count ->
    [one] The property takes one guest at most.
   *[other] The property takes { $count } guests at most.
}
room-type-bedroom = Bedroom
room-type-living-room = Living room
room-type-dining-room = Dining room
room-type-kitchen = Kitchen
room-type-bathroom = Bathroom
room-type-office = Office
room-type-other = Other room
bed-name-king = King bed
bed-name-queen = Queen bed
bed-name-full = Double bed
bed-name-twin = Single bed
bed-name-bunk = Bunk bed
bed-name-sofa = Sofa bed
bed-name-air = Air mattress
bed-name-crib = Cot
bed-name-other = Other bed
bed-name-count-king = { $count ->
    [one] { $count } king bed
   *[other] { $count } king beds
}
bed-name-count-queen = { $count ->
    [one] { $count } queen bed
   *[other] { $count } queen beds
}
bed-name-count-full = { $count ->
    [one] { $count } double bed
   *[other] { $count } double beds
}
bed-name-count-twin = { $count ->
    [one] { $count } single bed
   *[other] { $count } single beds
}
bed-name-count-bunk = { $count ->
    [one] { $count } bunk bed
   *[other] { $count } bunk beds
}
bed-name-count-sofa = { $count ->
    [one] { $count } sofa bed
   *[other] { $count } sofa beds
}
bed-name-count-air = { $count ->
    [one] { $count } air mattress
   *[other] { $count } air mattresses
}
bed-name-count-crib = { $count ->
    [one] { $count } cot
   *[other] { $count } cots
}
bed-name-count-other = { $count ->
    [one] { $count } other bed
   *[other] { $count } other beds
}
