ui-product = Short-Term Landlord
ui-skip = Ir al contenido
ui-sidebar = Barra lateral
ui-nav = Principal
ui-nav-dashboard = Inicio
ui-nav-calendar = Calendario
ui-nav-stays = Estancias
ui-nav-guests = Huéspedes
ui-nav-properties = Alojamientos
ui-nav-tasks = Tareas
ui-nav-reports = Informes
ui-nav-admin = Administración
ui-sign-in = Entrar
ui-sign-out = Salir
ui-register = Crear cuenta
ui-profile = Perfil
ui-account-menu = Menú de la cuenta
ui-organization-switch = Cambiar de organización
ui-theme = Colores
ui-theme-system = Como en este dispositivo
ui-theme-light = Claro
ui-theme-dark = Oscuro
ui-close = Cerrar
ui-cancel = Cancelar
ui-copy = Copiar
ui-copied = Copiado
ui-optional = opcional
ui-form-problems = Revisa lo que has escrito. No se ha guardado nada.
ui-pages = Páginas
ui-page-first = Primera página
ui-page-next = Página siguiente
ui-step-done = Hecho
ui-conflict = Conflicto
ui-same-day = Cambio el mismo día

ui-error-status = Error { $status }
ui-error-reference = Si pides ayuda, indica la referencia { $reference }.
ui-error-switch = Cambiar a { $organization }
ui-error-to-dashboard = Ir al inicio
ui-error-to-start = Ir a la página principal
ui-error-title-400 = No se entendió la petición
ui-error-text-400 = Vuelve atrás, recarga la página e inténtalo de nuevo.
ui-error-title-401 = Inicia sesión
ui-error-text-401 = Tienes que haber entrado para ver esta página.
ui-error-title-403 = No puedes hacer esto
ui-error-text-403 = Tu rol en esta organización no lo incluye. Un gestor puede cambiarlo.
ui-error-title-404 = Aquí no hay nada
ui-error-text-404 = La página se movió o se borró, o pertenece a otra organización.
ui-error-title-409 = Esto ha cambiado mientras tanto
ui-error-text-409 = Otra persona lo cambió, o has cambiado de organización. Recarga e inténtalo de nuevo.
ui-error-title-422 = No se pudo guardar el formulario
ui-error-text-422 = Algo de lo enviado no es válido. Vuelve atrás y revísalo.
ui-error-title-429 = Demasiadas peticiones
ui-error-text-429 = Espera un minuto e inténtalo de nuevo.
ui-error-title-500 = Algo ha fallado por nuestra parte
ui-error-text-500 = No se ha cambiado nada. Inténtalo de nuevo en un momento.
ui-error-title-503 = Ahora mismo estamos ocupados
ui-error-text-503 = Inténtalo de nuevo en un momento.

channel-airbnb = Airbnb
channel-vrbo = Vrbo
channel-booking-com = Booking.com
channel-direct = Directa
channel-blocked = Bloqueado
channel-other = Otro

stay-status-inquiry = Consulta
stay-status-hold = En espera
stay-status-pending = Pendiente
stay-status-confirmed = Confirmada
stay-status-checked-in = En casa
stay-status-checked-out = Finalizada
stay-status-cancelled = Cancelada
stay-status-no-show = No se presentó
stay-status-declined = Rechazada
stay-status-expired = Caducada

task-status-pending = Por hacer
task-status-offered = Ofrecida
task-status-accepted = Aceptada
task-status-in-progress = En curso
task-status-submitted = En revisión
task-status-completed = Terminada
task-status-rejected = Por repetir
task-status-cancelled = Cancelada

property-status-active = Activo
property-status-inactive = Inactivo
property-status-maintenance = En mantenimiento
property-status-archived = Archivado

colour-red = Rojo
colour-orange = Naranja
colour-amber = Ámbar
colour-yellow = Amarillo
colour-lime = Lima
colour-green = Verde
colour-emerald = Esmeralda
colour-teal = Verde azulado
colour-cyan = Cian
colour-sky = Celeste
colour-blue = Azul
colour-indigo = Índigo
colour-violet = Violeta
colour-purple = Morado
colour-pink = Rosa
colour-slate = Pizarra

ui-guests-adults = { $count ->
    [one] { $count } adulto
   *[other] { $count } adultos
}
ui-guests-children = { $count ->
    [one] { $count } niño
   *[other] { $count } niños
}
ui-guests-infants = { $count ->
    [one] { $count } bebé
   *[other] { $count } bebés
}
ui-guests-pets = { $count ->
    [one] { $count } mascota
   *[other] { $count } mascotas
}
ui-ago-now = ahora mismo
ui-ago-minutes = { $count ->
    [one] hace { $count } minuto
   *[other] hace { $count } minutos
}
ui-ago-hours = { $count ->
    [one] hace { $count } hora
   *[other] hace { $count } horas
}
ui-ago-days = { $count ->
    [one] hace { $count } día
   *[other] hace { $count } días
}
