photos-title = Photos
photos-of = Photos of { $name }
photos-this = This photo
photos-number = Photo { $number }
photos-add = Add photos
photos-add-hint = JPEG, PNG, WebP or GIF, up to 30 MB and 40 megapixels each. Place, date and camera are removed from them.
photos-upload = Upload
photos-upload-waiting = Waiting
photos-upload-making = Preparing
photos-upload-done = Added
photos-upload-failed = This file did not arrive. Check the connection and try again.
photos-upload-too-large = This file is too large: at most 30 MB.
photos-none = No photos yet
photos-none-text = Choose some above. The first becomes the main photo, which lists show.
photos-none-seen = Nobody has added any.
photos-count = { $count ->
    [one] One photo.
   *[other] { $count } photos.
}
photos-order-hint = Drag them into order, or use the arrows. The first is the main photo.
photos-moved = Now { $position } of { $count }.
photos-order-failed = The order was not saved. Load the page again.
photos-main = Main photo
photos-no-caption = No caption
photos-move-earlier = Move before the previous photo
photos-move-later = Move after the next photo
photos-move-first = Make this the main photo
photos-edit = Caption and room
photos-caption = Caption
photos-caption-hint = What is seen, in a few words. People who cannot see the photo have it read to them.
photos-room = Room
photos-room-hint = Where it was taken, such as kitchen or terrace.
photos-save = Save
photos-delete = Delete
photos-delete-question = Delete this photo?
photos-delete-text = It is removed for good, in all its sizes.
photos-flash-added = { $count ->
    [one] One photo was added.
   *[other] { $count } photos were added.
}
photos-flash-saved = Saved.
photos-flash-deleted = The photo was deleted.
