{{<public/head}}
<h1>[[Information]]</h1>
<ul class="languages large">
{{#LANGUAGES}}<li><a href="{{href}}" lang="{{code}}" hreflang="{{code}}" dir="{{direction}}">{{own_name}}</a></li>
{{/LANGUAGES}}
</ul>
{{<public/emergency}}
{{<public/foot}}
