accounts-name = Name
accounts-email = E-mail
accounts-email-new = New e-mail
accounts-password = Password
accounts-password-new = New password
accounts-password-current = Current password
accounts-password-hint = At least 12 characters. A few words that do not belong together work well.
accounts-language = Language
accounts-zone = Time zone
accounts-zone-of-organization = The organization's
accounts-zone-hint = In which you read times.
accounts-save = Save

accounts-sign-in-title = Sign in
accounts-sign-in-text = Welcome back.
accounts-sign-in-button = Sign in
accounts-sign-in-wrong = E-mail and password do not match an account.
accounts-sign-in-wait = { $count ->
    [one] Too many failed attempts. Wait a minute, or choose a new password.
   *[other] Too many failed attempts. Wait { $count } minutes, or choose a new password.
}
accounts-remember = Keep me signed in
accounts-forgot = Forgot your password?
accounts-no-account = No account yet?
accounts-have-account = You have an account?

accounts-register-title = Create account
accounts-register-text = For landlords: your account, and the organization that your properties belong to.
accounts-register-you = You
accounts-register-business = Your organization
accounts-organization = Organization
accounts-organization-hint = The name of your business, or your own.
accounts-register-button = Create account
accounts-register-closed = Registration is closed
accounts-register-closed-text = Accounts are made by the operator of this installation. Ask them for one.

accounts-forgot-title = Choose a new password
accounts-forgot-text = Enter the e-mail address of your account. We send you a link that works for 30 minutes.
accounts-forgot-button = Send the link
accounts-reset-title = Choose a new password
accounts-reset-text = For the account of { $email }. It signs you out everywhere.
accounts-reset-button = Save the new password

accounts-confirm-title = Confirm your address
accounts-confirm-text = Is { $email } your address?
accounts-confirm-change = Use { $email } as the address of your account from now on?
accounts-confirm-button = Yes, confirm
accounts-dead-title = This link no longer works
accounts-dead-reset = It was used already, or is older than 30 minutes.
accounts-dead-confirm = It was used already, or is older than three days. Your profile shows whether your address is confirmed.
accounts-dead-again = Ask for a new link
accounts-taken-title = This address has another account
accounts-taken-text = Nothing was changed. Choose another address in your profile.

accounts-profile-title = Profile
accounts-tab-about = About you
accounts-security-title = Signing in
accounts-unverified = Your address is not confirmed yet
accounts-unverified-text = We sent a link to { $email }.
accounts-unverified-button = Send it again
accounts-password-change = Change password
accounts-password-change-text = It signs you out on your other devices.
accounts-email-change = Change e-mail
accounts-email-change-text = Your address is { $email }. It changes once the new one is confirmed.
accounts-email-change-button = Send a link to the new address
accounts-sessions = Where you are signed in
accounts-session-unknown = Unknown browser
accounts-session-present = This device
accounts-session-seen = last used { $when }
accounts-session-since = Signed in { $when }
accounts-session-remembered = stays signed in
accounts-session-end = Sign out
accounts-sessions-end-others = Sign out everywhere else

accounts-flash-signed-out = You are signed out.
accounts-flash-registered = Thank you. Sign in with the e-mail and password you have just entered. We also sent you an e-mail to confirm the address.
accounts-flash-reset-asked = If this address has an account, a link is on its way to it.
accounts-flash-password-reset = Your new password is saved. Sign in with it.
accounts-flash-email-confirmed = Your address is confirmed.
accounts-flash-saved = Saved.
accounts-flash-verification-sent = If your address still needs it, a link is on its way.
accounts-flash-email-asked = Open the link that we sent to the new address.
accounts-flash-password-changed = Your password is changed, and your other devices are signed out.
accounts-flash-session-ended = That device is signed out.
accounts-flash-others-ended = { $count ->
    [0] You were signed in nowhere else.
    [one] One other device is signed out.
   *[other] { $count } other devices are signed out.
}

language-en = English
language-es = Español
role-manager = Manager
role-owner = Owner
role-staff = Staff

accounts-mail-registered-subject = You already have an account
accounts-mail-registered-text = Somebody, perhaps you, tried to create an account with this address. You already have one, so nothing was changed. Sign in with your password, or choose a new one if you forgot it.
accounts-mail-registered-button = Choose a new password
accounts-mail-registered-note = If it was not you, there is nothing to do.
