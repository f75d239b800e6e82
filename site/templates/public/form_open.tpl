<form method="post" action="/{{LANG}}/form" accept-charset="utf-8" autocomplete="off">
<input type="hidden" name="state" value="{{STATE}}">
<input type="hidden" name="page" value="{{PAGE}}">
