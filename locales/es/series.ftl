series-tab = Bloqueo repetido
series-new = Bloquear noches una y otra vez
series-new-text = Verás cada bloqueo antes de crearlo.
series-first-day = Primera noche
series-first-day-hint = Por meses, indica también qué día.
series-nights = Noches cada vez
series-nights-hint = La primera noche de cada bloqueo no cambia.
series-how = Se repite
series-repeats-weekly = Por semanas
series-repeats-monthly-by-day = Por meses, el mismo día
series-repeats-monthly-by-weekday = Por meses, el mismo día de la semana
series-every = Cada
series-every-hint = 2 es una de cada dos semanas o meses.
series-weekdays = En estos días
series-weekdays-hint = Solo por semanas. Si no marcas ninguno, el día de la primera noche.
series-weekday-mo = lunes
series-weekday-tu = martes
series-weekday-we = miércoles
series-weekday-th = jueves
series-weekday-fr = viernes
series-weekday-sa = sábado
series-weekday-su = domingo
series-until = Hasta
series-until-hint = O el último día o cuántos, 200 como máximo.
series-times = Cuántos
series-look = Ver los bloqueos
series-preview = Estos bloqueos
series-back = Volver al formulario
series-other = Cambiar
series-every-weeks = { $count ->
    [one] Cada semana
   *[other] Cada { $count } semanas
}
series-every-months = { $count ->
    [one] Cada mes
   *[other] Cada { $count } meses
}
series-on-day = el día { $day }
series-on-nth = el { $nth } { $weekday }
series-nth-1 = primer
series-nth-2 = segundo
series-nth-3 = tercer
series-nth-4 = cuarto
series-nth-last = último
series-from = desde el { $date }
series-ends-until = hasta el { $date }
series-ends-times = { $count ->
    [one] una vez
   *[other] { $count } veces
}
series-taken = { $count ->
    [one] { $count } bloqueo no es posible
   *[other] { $count } bloqueos no son posibles
}
series-taken-text = Otras estancias tienen noches suyas. Puedes crear los demás o cambiar las fechas.
series-make = { $count ->
    [one] Crear { $count } bloqueo
   *[other] Crear { $count } bloqueos
}
series-make-free = { $count ->
    [one] Crear el { $count } que está libre
   *[other] Crear los { $count } que están libres
}
series-free = Libre
series-not-free = Ocupado
series-flash-made = Las noches están bloqueadas. Bloqueos: { $count }.
series-of = Bloqueo repetido: { $kind }
series-blocks = { $count ->
    [one] { $count } bloqueo
   *[other] { $count } bloqueos
}
series-from-here = Este y los siguientes
series-edit = Cambiar
series-edit-title = Cambiar los bloqueos
series-remove = Quitar
series-remove-title = ¿Quitar los bloqueos?
series-remove-text = Sus noches quedan libres. Los bloqueos que ya han empezado no cambian.
series-remove-yes = Sí, quitarlos
series-concerns = { $blocks }, desde el { $date }
series-concerns-none = Ninguno de sus bloqueos está por llegar.
series-flash-changed = Bloqueos cambiados: { $count }.
series-flash-removed = Bloqueos quitados: { $count }.
series-part = Parte de un bloqueo repetido
series-open = Abrir la serie
series-edit-from = Cambiar este y los siguientes
series-remove-from = Quitar este y los siguientes
