admin-title = Administration
admin-text = Everything on this installation.
admin-overview = Overview
admin-users = Users
admin-user = Account
admin-users-search = Name or e-mail
admin-users-disabled = { $count ->
    [0] none disabled
    [one] one disabled
   *[other] { $count } disabled
}
admin-organizations = Organizations
admin-organizations-search = Name of the organization
admin-properties = Properties
admin-members = Members
admin-search = Search
admin-nothing = Nothing found
admin-nothing-text = Try fewer letters.
admin-status = Status
admin-status-active = Active
admin-status-disabled = Disabled
admin-admin = Platform admin
admin-confirmed = Confirmed
admin-unconfirmed = Not confirmed
admin-last-sign-in = Last sign-in
admin-never = Never
admin-since = Since
admin-no-organization = None
admin-enter = Enter
admin-enter-text = Entering gives you a manager's rights there, and its audit trail says so.
admin-own-account = This is you. Another admin can disable your account.
admin-disable = Disable the account
admin-disable-text = The person is signed out everywhere at once and cannot sign in any more. Nothing is deleted.
admin-enable = Enable the account
admin-enable-text = The person can sign in again with the same password.
admin-reason = Reason
admin-reason-choose = Choose a reason
admin-reason-hint = It is kept in the audit trail.
admin-reason-asked = The person asked for it
admin-reason-left = The person no longer works here
admin-reason-compromised = The account is in the wrong hands
admin-reason-misuse = The account was misused
admin-reason-settled = The matter is settled
admin-flash-disabled = The account is disabled.
admin-flash-enabled = The account is enabled.
