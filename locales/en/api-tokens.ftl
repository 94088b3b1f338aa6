api-tokens-title = API tokens
api-tokens-text = For programs of yours that read or change this organization in your name.
api-tokens-docs = How to use the API
api-tokens-yours = Your tokens
api-tokens-none = No tokens yet
api-tokens-none-text = Make one below, then give it to a program instead of your password.
api-tokens-expires = ends { $date }
api-tokens-used = last used { $date }
api-tokens-unused = never used
api-tokens-permissions = { $count ->
    [one] One permission
   *[other] { $count } permissions
}
api-tokens-revoke = Revoke
api-tokens-new = New token
api-tokens-name = What it is for
api-tokens-name-hint = Such as “Accounting export”.
api-tokens-lifetime = It ends after
api-tokens-days = { $count ->
    [one] One day
   *[other] { $count } days
}
api-tokens-may = It may
api-tokens-make = Make token
api-tokens-made = Your new token
api-tokens-made-text = Copy it now. It is not shown again.
api-tokens-secret = Token
api-tokens-flash-revoked = The token no longer works.
