bulk-title = Do something with several stays
bulk-which = Which
bulk-ticked = Those that are ticked
bulk-page = All of this page
bulk-all = All of this list
bulk-what = What
bulk-look = Show what follows
bulk-file = Save them as a file
bulk-select = Tick: { $who }
bulk-select-page = Tick all of this page
bulk-action-check-in = Check in
bulk-action-check-out = Check out
bulk-action-reservation = They are reservations
bulk-action-block = They are blocks
bulk-action-dismiss = Neither: free the nights
bulk-action-cancel = Cancel
bulk-action-reinstate = Bring back
bulk-sure-check-in = Check these stays in?
bulk-sure-check-out = Check these stays out?
bulk-sure-reservation = Are these reservations?
bulk-sure-block = Are these blocks?
bulk-sure-dismiss = Free the nights of these?
bulk-sure-cancel = Cancel these stays?
bulk-sure-reinstate = Bring these stays back?
bulk-stays = { $count ->
    [one] { $count } stay
   *[other] { $count } stays
}
bulk-more = The list has more. These are the first { $count }; do the others afterwards.
bulk-skipped = { $count ->
    [one] It is not possible with { $count } stay, which stays as it is.
   *[other] It is not possible with { $count } stays, which stay as they are.
}
bulk-cancel-channel = What a channel sold is to be cancelled there, too.
bulk-possible = Will be done
bulk-result = What follows
bulk-done = Done
bulk-done-title = What was done
bulk-was-done = { $count ->
    [one] Done with { $count } stay.
   *[other] Done with { $count } stays.
}
bulk-was-skipped = { $count ->
    [one] { $count } stay was left as it is.
   *[other] { $count } stays were left as they are.
}
bulk-undo = Bring them back
bulk-back = Back to the list
bulk-why-status = Not in its status
bulk-why-not-yet = Its day has not come
bulk-why-not-imported = Not from a calendar
bulk-why-taken = Another stay has its nights
bulk-why-changed = Somebody changed it meanwhile
bulk-why-gone = No longer there
bulk-flash-none = Tick some stays first, or choose all of them.
