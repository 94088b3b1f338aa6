admin-title = Administración
admin-text = Todo lo que hay en esta instalación.
admin-overview = Resumen
admin-users = Usuarios
admin-user = Cuenta
admin-users-search = Nombre o correo electrónico
admin-users-disabled = { $count ->
    [0] ninguno desactivado
    [one] uno desactivado
   *[other] { $count } desactivados
}
admin-organizations = Organizaciones
admin-organizations-search = Nombre de la organización
admin-properties = Alojamientos
admin-members = Miembros
admin-search = Buscar
admin-nothing = No se encontró nada
admin-nothing-text = Prueba con menos letras.
admin-status = Estado
admin-status-active = Activa
admin-status-disabled = Desactivada
admin-admin = Administrador de la plataforma
admin-confirmed = Confirmado
admin-unconfirmed = Sin confirmar
admin-last-sign-in = Última entrada
admin-never = Nunca
admin-since = Desde
admin-no-organization = Ninguna
admin-enter = Entrar
admin-enter-text = Al entrar tendrás allí los derechos de un gestor, y su registro de auditoría lo indicará.
admin-own-account = Esta es tu cuenta. Otro administrador puede desactivarla.
admin-disable = Desactivar la cuenta
admin-disable-text = Se cierran al momento todas las sesiones de la persona y ya no podrá entrar. No se borra nada.
admin-enable = Activar la cuenta
admin-enable-text = La persona puede volver a entrar con la misma contraseña.
admin-reason = Motivo
admin-reason-choose = Elige un motivo
admin-reason-hint = Se conserva en el registro de auditoría.
admin-reason-asked = La persona lo pidió
admin-reason-left = La persona ya no trabaja aquí
admin-reason-compromised = La cuenta está en malas manos
admin-reason-misuse = Se hizo mal uso de la cuenta
admin-reason-settled = El asunto está resuelto
admin-flash-disabled = La cuenta está desactivada.
admin-flash-enabled = La cuenta está activada.
