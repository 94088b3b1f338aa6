api-tokens-title = Claves de API
api-tokens-text = Para programas tuyos que leen o cambian esta organización en tu nombre.
api-tokens-docs = Cómo usar la API
api-tokens-yours = Tus claves
api-tokens-none = Todavía no hay claves
api-tokens-none-text = Crea una abajo y dásela a un programa en lugar de tu contraseña.
api-tokens-expires = termina { $date }
api-tokens-used = último uso { $date }
api-tokens-unused = sin usar
api-tokens-permissions = { $count ->
    [one] Un permiso
   *[other] { $count } permisos
}
api-tokens-revoke = Revocar
api-tokens-new = Nueva clave
api-tokens-name = Para qué es
api-tokens-name-hint = Por ejemplo, «Exportar a contabilidad».
api-tokens-lifetime = Termina después de
api-tokens-days = { $count ->
    [one] Un día
   *[other] { $count } días
}
api-tokens-may = Puede
api-tokens-make = Crear clave
api-tokens-made = Tu nueva clave
api-tokens-made-text = Cópiala ahora. No se vuelve a mostrar.
api-tokens-secret = Clave
api-tokens-flash-revoked = La clave ya no funciona.
