series-tab = Repeating block
series-new = Block nights again and again
series-new-text = You see every block before it is made.
series-first-day = First night
series-first-day-hint = By the month, it also says on which day.
series-nights = Nights each time
series-nights-hint = The first night of each block stays.
series-how = Repeats
series-repeats-weekly = By the week
series-repeats-monthly-by-day = By the month, on the same day
series-repeats-monthly-by-weekday = By the month, on the same weekday
series-every = Every
series-every-hint = 2 is every other week or month.
series-weekdays = On these days
series-weekdays-hint = By the week only. Without any, the weekday of the first night.
series-weekday-mo = Monday
series-weekday-tu = Tuesday
series-weekday-we = Wednesday
series-weekday-th = Thursday
series-weekday-fr = Friday
series-weekday-sa = Saturday
series-weekday-su = Sunday
series-until = Until
series-until-hint = Either the last day or how many, at most 200.
series-times = How many
series-look = Show the blocks
series-preview = These blocks
series-back = Back to the form
series-other = Change
series-every-weeks = { $count ->
    [one] Every week
   *[other] Every { $count } weeks
}
series-every-months = { $count ->
    [one] Every month
   *[other] Every { $count } months
}
series-on-day = on day { $day }
series-on-nth = on the { $nth } { $weekday }
series-nth-1 = first
series-nth-2 = second
series-nth-3 = third
series-nth-4 = fourth
series-nth-last = last
series-from = from { $date }
series-ends-until = until { $date }
series-ends-times = { $count ->
    [one] once
   *[other] { $count } times
}
series-taken = { $count ->
    [one] { $count } block is not possible
   *[other] { $count } blocks are not possible
}
series-taken-text = Other stays have nights of theirs. You can make the others, or change the dates.
series-make = { $count ->
    [one] Make { $count } block
   *[other] Make { $count } blocks
}
series-make-free = { $count ->
    [one] Make the { $count } that is free
   *[other] Make the { $count } that are free
}
series-free = Free
series-not-free = Not free
series-flash-made = The nights are blocked. Blocks: { $count }.
series-of = Repeating block: { $kind }
series-blocks = { $count ->
    [one] { $count } block
   *[other] { $count } blocks
}
series-from-here = This and later
series-edit = Change
series-edit-title = Change the blocks
series-remove = Remove
series-remove-title = Remove the blocks?
series-remove-text = Their nights become free. Blocks that have begun stay as they are.
series-remove-yes = Yes, remove them
series-concerns = { $blocks }, from { $date } on
series-concerns-none = None of its blocks is still to come.
series-flash-changed = The blocks are changed: { $count }.
series-flash-removed = The blocks are removed: { $count }.
series-part = Part of a repeating block
series-open = Open the series
series-edit-from = Change this and later
series-remove-from = Remove this and later
