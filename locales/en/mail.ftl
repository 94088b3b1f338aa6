mail-greeting = Hello { $name },
mail-link-hint = If the button does not work, open this address in your browser:
mail-valid-minutes = { $count ->
    [one] The link works for one minute, and only once.
   *[other] The link works for { $count } minutes, and only once.
}
mail-valid-hours = { $count ->
    [one] The link works for one hour, and only once.
   *[other] The link works for { $count } hours, and only once.
}
mail-valid-days = { $count ->
    [one] The link works for one day, and only once.
   *[other] The link works for { $count } days, and only once.
}
mail-fact-when = When
mail-fact-property = Property
mail-fact-channel = Calendar of
mail-why-registered = You receive this mail because somebody registered with this address. If it was not you, ignore it.
mail-why-account = You receive this mail because you have an account here.
mail-why-new-address = You receive this mail because somebody entered this address as the new one of an account.
mail-why-old-address = You receive this mail because this was the address of your account.
mail-why-manager = You receive this mail because you manage this property.

mail-verify-email-subject = Confirm your e-mail address
mail-verify-email-text = Welcome! Confirm that this is your address, so that we can reach you when something needs your attention.
mail-verify-email-button = Confirm address

mail-password-reset-subject = Choose a new password
mail-password-reset-text = Somebody asked for a new password for your account. If it was you, choose one now.
mail-password-reset-button = Choose a password
mail-password-reset-ignore = If it was not you, ignore this mail: your password stays as it is.

mail-email-change-subject = Confirm your new e-mail address
mail-email-change-text = You asked to use this address for your account. Until you confirm it, your account keeps the old one.
mail-email-change-button = Confirm new address
mail-email-change-ignore = If it was not you, ignore this mail: nothing changes.

mail-email-changed-subject = Your e-mail address was changed
mail-email-changed-text = Your account now has another e-mail address. Use the new one to sign in. Nothing more is sent to this one.
mail-email-changed-note = If it was not you, somebody else may have access to your account: ask whoever runs this site for help at once.

mail-password-changed-subject = Your password was changed
mail-password-changed-text = Your account has a new password, and all other devices were signed out.
mail-password-changed-not-me = If it was not you, choose another password at once.
mail-password-changed-button = Choose another password

mail-conflict-subject = Double booking at { $property }
mail-conflict-text = Two calendars have sold the same nights. Both bookings are kept; one of them needs another place.
mail-conflict-nights = Nights
mail-conflict-holds = Has the nights
mail-conflict-waits = Came second
mail-conflict-button = Look at the conflict
mail-conflict-note = Move or cancel one of the two on its channel. The conflict ends by itself when the nights are free.

mail-feed-stale-subject = A calendar of { $property } is not answering
mail-feed-stale-text = We have not been able to read this calendar for some time. New bookings made there are not seen, so the same nights could be sold twice.
mail-feed-stale-last-good = Last read
mail-feed-stale-never = never
mail-feed-stale-note = The page says what went wrong each time. Often the address was renewed by the channel: copy the new one there.
mail-feed-button = Look at the calendar

mail-feed-suspicious-subject = A calendar of { $property } looks wrong
mail-feed-suspicious-text = { $count ->
    [one] The calendar was empty or lacked so much that we did not believe it: one stay would have been cancelled. Nothing was changed.
   *[other] The calendar was empty or lacked so much that we did not believe it: { $count } stays would have been cancelled. Nothing was changed.
}
mail-feed-suspicious-note = Compare it with the channel. If the stays are really gone, confirm it on the page; if not, there is nothing to do.

mail-dev-title = Mails
mail-dev-subtitle = Mails of this installation. Only this machine can see them.
mail-dev-empty = No mails yet
mail-dev-empty-text = Whatever the program writes to people is shown here.
mail-dev-to = To
mail-dev-subject = Subject
mail-dev-kind = Kind
mail-dev-state = State
mail-dev-written = Written
mail-dev-error = Problem
mail-dev-as-text = As text
mail-dev-as-html = As HTML
mail-dev-deleted = The body was deleted.

mail-state-queued = Queued
mail-state-sent = Sent
mail-state-kept = Kept
mail-state-failed = Failed
