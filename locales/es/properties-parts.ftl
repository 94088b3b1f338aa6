properties-position = Posición en el mapa
properties-position-hint = Latitud y longitud, por ejemplo 36.5298, -6.2924, o un enlace copiado de un mapa.
properties-on-map = Ver en el mapa
properties-area = Superficie
properties-area-unit = Unidad
area-unit-m2 = m²
area-unit-ft2 = pies²
properties-notes = Notas
properties-notes-hint = Solo las lee quien puede cambiar el alojamiento.
properties-rooms = { $count ->
    [one] Una habitación
   *[other] { $count } habitaciones
}
properties-parts = Partes que se pueden editar
properties-part-what = Qué es
properties-part-where = Dónde está
properties-part-size = Tamaño
properties-part-times = Llegada y salida
properties-part-notes = Notas
properties-setup-steps = Pasos
properties-setup-start = Qué y dónde
properties-setup-size = Tamaño
properties-setup-rooms = Habitaciones y camas
properties-setup-times = Horas y normas
properties-setup-done = Hecho
properties-setup-next = Continuar
properties-setup-back = Atrás
properties-setup-later = Terminar más tarde
properties-setup-is-there = { $name } está listo
properties-setup-is-there-text = Todo se puede cambiar en su página.
properties-setup-what-next = Y ahora
properties-setup-add-calendar = Añadir el calendario de un canal
properties-setup-open = Abrir el alojamiento
