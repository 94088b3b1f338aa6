dashboard-title = Hoy
dashboard-add-stay = Nueva estancia
dashboard-arrivals = Llegadas de hoy
dashboard-arrivals-none = Hoy no llega nadie.
dashboard-departures = Salidas de hoy
dashboard-departures-none = Hoy no se va nadie.
dashboard-in-house = Alojados esta noche
dashboard-turnovers = Cambios de huésped hoy
dashboard-overdue = { $count } atrasados
dashboard-from = Desde { $time }
dashboard-until = Hasta { $time }
dashboard-conflicts = Conflictos
dashboard-conflict-nights = { $count ->
    [one] { $count } noche la ocupa otra estancia
   *[other] { $count } noches las ocupan otras estancias
}
dashboard-suspicious = Calendarios que omiten demasiado
dashboard-suspicious-text = Falta tanto a la vez que no se cambió nada. Confírmalo o ignóralo.
dashboard-stale = Calendarios sin actualizar
dashboard-stale-text = Hace tiempo que no se pueden leer. Aquí no se conocen sus nuevas reservas ni cancelaciones.
dashboard-last-good = Última lectura: { $at }
dashboard-never-good = Sin ninguna lectura hasta ahora
dashboard-more = { $count ->
    [one] { $count } más
   *[other] { $count } más
}
dashboard-to-do = Por hacer
dashboard-all-tasks = Todas las tareas
dashboard-setup = Tres pasos hasta tu calendario
dashboard-step-property = Añade un alojamiento
dashboard-step-property-text = Su nombre, dónde está y cuándo llegan y se van los huéspedes.
dashboard-step-property-do = Añadir un alojamiento
dashboard-step-calendar = Pega la dirección de un calendario
dashboard-step-calendar-text = Airbnb, Vrbo y Booking.com te dan un enlace que termina en .ics, normalmente en «Exportar calendario». Abre tu alojamiento y pégalo allí.
dashboard-step-calendar-do = Abrir tus alojamientos
dashboard-step-by-hand = O introduce una estancia a mano
dashboard-step-see = Mira tu calendario
dashboard-step-see-text = Las estancias aparecen en un minuto, cada una con el cambio de huésped de su salida. Después se mantienen al día solas.
dashboard-step-see-do = Abrir el calendario
dashboard-no-organization = No perteneces a ninguna organización
dashboard-no-organization-text = Pide a un gestor que te añada a la suya.
dashboard-to-admin = Abrir la administración
