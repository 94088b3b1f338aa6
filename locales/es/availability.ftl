availability-title = Disponibilidad
availability-text = Cuándo se pueden reservar noches. Las temporadas y las fechas van antes que las reglas de un alojamiento, y estas antes que las de todos.
availability-rules-shared = Reglas de todos los alojamientos
availability-rules-shared-text = Valen donde un alojamiento, una temporada o unas fechas no dicen otra cosa.
availability-rules-now = Reglas de hoy
availability-rules-now-text = Lo que vale para quien llega hoy, y dónde se dice.
availability-seasons = Temporadas
availability-seasons-text = Una parte del año con nombre y reglas propias. Gana la de más prioridad y, después, la más corta.
availability-no-seasons = Ninguna temporada.
availability-add-season = Añadir temporada
availability-dates = Fechas
availability-dates-text = Un día o unos pocos, con reglas propias. Van antes que todo lo demás.
availability-no-dates = Ninguna fecha.
availability-add-dates = Añadir fechas
availability-edit = Editar
availability-edit-rules = Editar reglas
availability-edit-organization = Reglas de todos los alojamientos
availability-edit-property = Reglas de { $name }
availability-edit-season = Temporada
availability-edit-date = Fechas
availability-save = Guardar
availability-remove = Quitar
availability-remove-name = Quitar { $name }
availability-remove-question = ¿Quitar estas reglas?
availability-remove-text = «{ $name }» dejará de valer. Las estancias reservadas se quedan como están.
availability-flash-saved = Las reglas se han guardado.
availability-flash-removed = Las reglas se han quitado.
availability-source = De: { $where }
availability-source-organization = Todos los alojamientos
availability-source-property = Este alojamiento
availability-yearly-since = cada año desde { $year }
availability-priority-is = Prioridad { $priority }
availability-not-restricted = Sin restricción
availability-otherwise = Si no: { $rules }
availability-contradicts = Estas reglas no dejan reservar nada
availability-contradiction-no-arrival = Nadie puede llegar ningún día de la semana.
availability-contradiction-no-length = Ninguna estancia de la duración permitida va de un día de llegada a un día de salida.
availability-contradiction-notice-beyond-window = Hay que reservar antes de lo que se puede.
availability-group-length = Duración de las estancias
availability-group-days = Llegada y salida
availability-group-notice = Antelación
availability-group-window = Plazo de reserva
availability-group-turnover = Entre dos estancias
availability-say-length = Fijar la duración de las estancias
availability-say-days = Fijar los días de llegada y salida
availability-say-notice = Fijar una antelación
availability-say-window = Fijar un plazo de reserva
availability-say-turnover = Fijar lo que hay entre dos estancias
availability-says-min = { $count ->
    [one] Al menos { $count } noche
   *[other] Al menos { $count } noches
}
availability-says-max = { $count ->
    [one] Como máximo { $count } noche
   *[other] Como máximo { $count } noches
}
availability-says-through = Para toda estancia con alguna noche en este tiempo
availability-says-keep-gaps = Ningún hueco demasiado corto para reservarlo
availability-says-gap-min = { $count ->
    [one] En un hueco corto basta { $count } noche
   *[other] En un hueco corto bastan { $count } noches
}
availability-says-no-arrival = Sin llegadas: { $days }
availability-says-no-departure = Sin salidas: { $days }
availability-says-notice = { $count ->
    [one] Reservar al menos con { $count } día de antelación
   *[other] Reservar al menos con { $count } días de antelación
}
availability-says-until = Desde las { $time } el día cuenta como pasado
availability-says-window = { $count ->
    [one] Llegar como máximo dentro de { $count } día
   *[other] Llegar como máximo dentro de { $count } días
}
availability-says-preparation = { $count ->
    [one] { $count } noche queda libre entre dos estancias
   *[other] { $count } noches quedan libres entre dos estancias
}
availability-says-cleaning-warn = La limpieza dura { $minutes } minutos; aviso si no cabe en el mismo día
availability-says-cleaning-night = La limpieza dura { $minutes } minutos; queda libre una noche si no cabe en el mismo día
availability-open-length = Estancias de cualquier duración
availability-open-days = Llegada y salida cualquier día
availability-open-notice = Se puede reservar hasta la llegada
availability-open-window = Se puede reservar con toda la antelación que se quiera
availability-open-turnover = Nada entre dos estancias
availability-name = Nombre
availability-name-dates = Para qué
availability-where = Dónde
availability-first-day = Primer día
availability-last-day = Último día
availability-last-day-hint = Este día cuenta.
availability-yearly = Cada año
availability-yearly-hint = Los mismos días del año, desde entonces.
availability-priority = Prioridad
availability-priority-hint = De 0 a 100. Gana la más alta donde coinciden temporadas.
availability-nights = noches
availability-days-unit = días
availability-minutes = minutos
availability-min = Al menos
availability-max = Como máximo
availability-max-hint = Vacío: cualquier número.
availability-through = Para toda estancia con alguna noche en este tiempo
availability-through-hint = Si no, solo para las que llegan en él.
availability-keep-gaps = Ningún hueco demasiado corto para reservarlo
availability-keep-gaps-hint = Una estancia toca a la siguiente o deja sitio para otra.
availability-gap-min = En un hueco corto, al menos
availability-gap-min-hint = Entre dos estancias más cercanas que la estancia mínima. Vacío: sin excepción.
availability-no-arrival = Nadie llega en
availability-no-departure = Nadie sale en
availability-notice-days = Días de antelación
availability-notice-days-hint = 0: hasta el día de llegada.
availability-notice-until = Hasta
availability-notice-until-hint = Desde esta hora, en el alojamiento, el día cuenta como pasado. Vacío: el día entero.
availability-window-days = Última llegada dentro de
availability-window-days-hint = Contado desde hoy; la salida puede ser posterior. Vacío: sin límite.
availability-preparation = Dejar libres
availability-preparation-hint = Una vez entre dos estancias.
availability-cleaning = Una limpieza dura
availability-cleaning-hint = Si cabe entre la salida y la llegada del mismo día. Vacío: no se mira.
availability-tight = Si no cabe
availability-tight-warn = Avisar
availability-tight-night = Dejar libre una noche
availability-ask = ¿Está libre?
availability-ask-do = Mirar
availability-unit = Qué
availability-whole = El alojamiento entero
availability-free = Libre
availability-not-free = No está libre
availability-next = Próximas fechas libres:
availability-next-none = No hay nada libre en un año.
availability-days = Este mes y el siguiente
availability-day-free = libre
availability-day-arrival-closed = libre, sin llegadas
availability-day-notice = libre, tarde para reservar
availability-day-window = libre, pronto para reservar
availability-day-preparation = se deja libre
availability-day-past = pasado
availability-day-taken = ocupado
availability-day-no-departure = sin salidas
availability-legend = Qué significan los días
availability-legend-free = Libre
availability-legend-arrival-closed = Sin llegadas
availability-legend-notice = Ahora no
availability-legend-preparation = Se deja libre
availability-legend-taken = Ocupado
availability-reason-taken = { $who } tiene las noches del { $dates }: { $nights } en común, desde el { $date }.
availability-reason-past = La llegada ya ha pasado.
availability-reason-notice = Es tarde para reservar esta llegada. La primera posible es el { $date }.
availability-reason-window = Es pronto para reservar esta llegada. La última posible es el { $date }.
availability-reason-arrival = Nadie llega el { $date }.
availability-reason-departure = Nadie sale el { $date }.
availability-reason-min = Al menos { $nights }, como pide el { $date }.
availability-reason-max = Como máximo { $nights }, como pide el { $date }.
availability-reason-preparation = Junto a { $who } ({ $dates }) quedan libres: { $nights }.
availability-reason-gap = Junto a { $who } ({ $dates }) quedaría un hueco de { $nights }, y nadie puede reservar menos de { $least }.
availability-reason-turnover = La limpieza entre esta estancia y { $who } acabaría a las { $ready }, después de la hora de llegada, las { $arrival }.
weekday-monday = lunes
weekday-tuesday = martes
weekday-wednesday = miércoles
weekday-thursday = jueves
weekday-friday = viernes
weekday-saturday = sábado
weekday-sunday = domingo
weekday-short-monday = L
weekday-short-tuesday = M
weekday-short-wednesday = X
weekday-short-thursday = J
weekday-short-friday = V
weekday-short-saturday = S
weekday-short-sunday = D
