ui-product = Short-Term Landlord
ui-skip = Skip to content
ui-sidebar = Sidebar
ui-nav = Main
ui-nav-dashboard = Dashboard
ui-nav-calendar = Calendar
ui-nav-stays = Stays
ui-nav-guests = Guests
ui-nav-properties = Properties
ui-nav-tasks = Tasks
ui-nav-reports = Reports
ui-nav-admin = Administration
ui-sign-in = Sign in
ui-sign-out = Sign out
ui-register = Create account
ui-profile = Profile
ui-account-menu = Account menu
ui-organization-switch = Switch organization
ui-theme = Colours
ui-theme-system = As on this device
ui-theme-light = Light
ui-theme-dark = Dark
ui-close = Close
ui-cancel = Cancel
ui-copy = Copy
ui-copied = Copied
ui-optional = optional
ui-form-problems = Please check what you entered. Nothing was saved.
ui-pages = Pages
ui-page-first = First page
ui-page-next = Next page
ui-step-done = Done
ui-conflict = Conflict
ui-same-day = Same-day turnover

ui-error-status = Error { $status }
ui-error-reference = If you ask for help, mention reference { $reference }.
ui-error-switch = Switch to { $organization }
ui-error-to-dashboard = Go to the dashboard
ui-error-to-start = Go to the start page
ui-error-title-400 = That request was not understood
ui-error-text-400 = Go back, reload the page and try again.
ui-error-title-401 = Please sign in
ui-error-text-401 = You need to be signed in to see this page.
ui-error-title-403 = You may not do this
ui-error-text-403 = Your role in this organization does not include it. A manager can change that.
ui-error-title-404 = There is nothing here
ui-error-text-404 = The page was moved or deleted, or belongs to another organization.
ui-error-title-409 = This has changed in the meantime
ui-error-text-409 = Somebody else changed it, or you switched to another organization. Reload and try again.
ui-error-title-422 = That form could not be saved
ui-error-text-422 = Some of what was sent is not valid. Go back and check it.
ui-error-title-429 = Too many requests
ui-error-text-429 = Please wait a minute and try again.
ui-error-title-500 = Something went wrong on our side
ui-error-text-500 = Nothing was changed. Please try again in a moment.
ui-error-title-503 = We are busy right now
ui-error-text-503 = Please try again in a moment.

channel-airbnb = Airbnb
channel-vrbo = Vrbo
channel-booking-com = Booking.com
channel-direct = Direct
channel-blocked = Blocked
channel-other = Other

stay-status-inquiry = Inquiry
stay-status-hold = On hold
stay-status-pending = Pending
stay-status-confirmed = Confirmed
stay-status-checked-in = Checked in
stay-status-checked-out = Checked out
stay-status-cancelled = Cancelled
stay-status-no-show = No-show
stay-status-declined = Declined
stay-status-expired = Expired

task-status-pending = To do
task-status-offered = Offered
task-status-accepted = Accepted
task-status-in-progress = In progress
task-status-submitted = In review
task-status-completed = Completed
task-status-rejected = To redo
task-status-cancelled = Cancelled

property-status-active = Active
property-status-inactive = Inactive
property-status-maintenance = Maintenance
property-status-archived = Archived

colour-red = Red
colour-orange = Orange
colour-amber = Amber
colour-yellow = Yellow
colour-lime = Lime
colour-green = Green
colour-emerald = Emerald
colour-teal = Teal
colour-cyan = Cyan
colour-sky = Sky
colour-blue = Blue
colour-indigo = Indigo
colour-violet = Violet
colour-purple = Purple
colour-pink = Pink
colour-slate = Slate

ui-guests-adults = { $count ->
    [one] { $count } adult
   *[other] { $count } adults
}
ui-guests-children = { $count ->
    [one] { $count } child
   *[other] { $count } children
}
ui-guests-infants = { $count ->
    [one] { $count } infant
   *[other] { $count } infants
}
ui-guests-pets = { $count ->
    [one] { $count } pet
   *[other] { $count } pets
}
ui-ago-now = just now
ui-ago-minutes = { $count ->
    [one] { $count } minute ago
   *[other] { $count } minutes ago
}
ui-ago-hours = { $count ->
    [one] { $count } hour ago
   *[other] { $count } hours ago
}
ui-ago-days = { $count ->
    [one] { $count } day ago
   *[other] { $count } days ago
}
